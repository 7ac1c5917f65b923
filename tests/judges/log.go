// Opens a checkpoint with the note package of the Go checksum database, and checks a leaf and the
// growth of the log with its tlog package.
//
//	judge VKEY PROOF LEAF [OLDER-CHECKPOINT CONSISTENCY]
package main

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	verifier := must(note.NewVerifier(os.Args[1]))
	proof, signed, _ := strings.Cut(string(must(os.ReadFile(os.Args[2]))), "\n\n")
	lines := strings.Split(proof, "\n")
	index := must(strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64))
	size, root := open(signed, verifier)
	leaf := tlog.RecordHash(must(os.ReadFile(os.Args[3])))
	check(tlog.CheckRecord(hashes(lines[2:]), size, root, index, leaf))
	if len(os.Args) > 4 {
		older, was := open(string(must(os.ReadFile(os.Args[4]))), verifier)
		steps := strings.Fields(string(must(os.ReadFile(os.Args[5]))))
		check(tlog.CheckTree(hashes(steps), size, root, older, was))
	}
}

func open(signed string, verifier note.Verifier) (int64, tlog.Hash) {
	opened := must(note.Open([]byte(signed), note.VerifierList(verifier)))
	lines := strings.Split(opened.Text, "\n")
	return must(strconv.ParseInt(lines[1], 10, 64)), must(tlog.ParseHash(lines[2]))
}

func hashes(lines []string) (found []tlog.Hash) {
	for _, line := range lines {
		found = append(found, must(tlog.ParseHash(line)))
	}
	return found
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
}
