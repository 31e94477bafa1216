package main

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestSameInputSameBytes collects and scans one estate again and again, on one processor and on eight.
func TestSameInputSameBytes(t *testing.T) {
	dir := t.TempDir()
	generateEstate(t, dir, 300, 60)
	commands := map[string][]string{
		"collect": {"collect", dir, "--boundary", dir, "-v"},
	}
	for _, format := range formatNames() {
		commands[format] = []string{"scan", dir, "--boundary", dir, "--at", "2026-11-21T12:00:00Z", "-o", format, "-v"}
	}
	for name, args := range commands {
		t.Run(name, func(t *testing.T) { sameBytes(t, args) })
	}
	t.Run("servers", func(t *testing.T) {
		bundle := filepath.Join(t.TempDir(), "web1.tar")
		if err := os.WriteFile(bundle, textBundle(t, debian12+"/capture.txtar"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, output := range formatNames() {
			sameBytes(t, []string{"scan", "server", "--bundle", "a=" + bundle, "--bundle", "b=" + bundle, "--bundle", bundle, "--at", "2026-11-21T12:00:00Z", "-o", output, "-q"})
		}
	})
	t.Run("bundled estate", func(t *testing.T) {
		estate := filepath.FromSlash("../../testdata/estates/parasoll")
		if _, err := os.Stat(estate); err != nil {
			t.Fatal(err)
		}
		sameBytes(t, []string{"scan", estate, "--config", filepath.Join(estate, configName), "--at", "2026-11-21T12:00:00Z", "-o", "json"})
	})
}

func sameBytes(t *testing.T, args []string) {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first, firstErr string
	for i, processors := range []int{1, 1, 8, 8} {
		runtime.GOMAXPROCS(processors)
		code, stdout, stderr := tomscan(t, nil, args...)
		if code > codeFails {
			t.Fatalf("ends with %d: %s", code, stderr)
		}
		if i == 0 {
			first, firstErr = stdout, stderr
		}
		if stdout != first || stderr != firstErr {
			t.Fatalf("run %d, on %d processors, differs from the first", i, processors)
		}
	}
}
