package main

import "testing"

func TestDigest(t *testing.T) {
	if digest("42") != "73475cb4" {
		t.Fatal(digest("42"))
	}
}
