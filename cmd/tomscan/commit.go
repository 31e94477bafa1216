package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// headCommit returns the commit that the repository at dir has checked out, empty when dir is none or the commit cannot
// be told. It reads .git itself, worktrees and submodules (`gitdir:` files) included, and runs nothing.
// The layout is https://git-scm.com/docs/gitrepository-layout.
func headCommit(dir string) string {
	git := gitDirectory(filepath.Join(dir, ".git"))
	if git == "" {
		return ""
	}
	head := strings.TrimSpace(string(readStart(filepath.Join(git, "HEAD"))))
	ref, symbolic := strings.CutPrefix(head, "ref: ")
	if !symbolic {
		return commitID(head)
	}
	if !strings.HasPrefix(ref, "refs/") || !filepath.IsLocal(filepath.FromSlash(ref)) {
		return ""
	}
	common := git
	if to := strings.TrimSpace(string(readStart(filepath.Join(git, "commondir")))); to != "" {
		common = joinTo(git, to)
	}
	for _, d := range []string{git, common} {
		if id := commitID(strings.TrimSpace(string(readStart(filepath.Join(d, filepath.FromSlash(ref)))))); id != "" {
			return id
		}
	}
	return packedRef(filepath.Join(common, "packed-refs"), ref)
}

// gitDirectory returns the git directory that dotGit is, or that it names when it is a file.
func gitDirectory(dotGit string) string {
	info, err := os.Stat(dotGit)
	if err != nil || info.IsDir() {
		return dotGit
	}
	to, ok := strings.CutPrefix(strings.TrimSpace(string(readStart(dotGit))), "gitdir: ")
	if !ok {
		return ""
	}
	return joinTo(filepath.Dir(dotGit), to)
}

// joinTo returns path, relative to dir unless it is absolute.
func joinTo(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// packedRef returns the commit of ref in a packed-refs file.
func packedRef(file, ref string) string {
	lines := bufio.NewScanner(bytes.NewReader(readUpTo(file, 64<<20)))
	for lines.Scan() {
		if id, name, ok := strings.Cut(lines.Text(), " "); ok && name == ref {
			return commitID(id)
		}
	}
	return ""
}

// commitID returns text if it is a commit id: 40 or 64 hexadecimal digits. Nothing else of a .git reaches a report.
func commitID(text string) string {
	if _, err := hex.DecodeString(text); err != nil || (len(text) != 40 && len(text) != 64) {
		return ""
	}
	return text
}

// readStart returns the first 4 KiB of a file, nil if it cannot be read.
func readStart(file string) []byte { return readUpTo(file, 4096) }

func readUpTo(file string, limit int64) []byte {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, limit))
	if err != nil {
		return nil
	}
	return data
}
