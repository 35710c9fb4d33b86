package main

import (
	"crypto/sha256"
	"fmt"
)

func digest(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:8] }

func main() { fmt.Println("Go says", digest("42")) }
