package main

import (
	"fmt"
	"os/exec"
	"runtime"
)

func main() {
	said, err := exec.Command("python3", "-c", "import sys; sys.path.insert(0, '/src'); import answer; print(answer.answer())").CombinedOutput()
	fmt.Printf("%s heard from Python: %s (%v)\n", runtime.Compiler, said, err)
}
