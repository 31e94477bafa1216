package main

import (
	"path/filepath"
	"testing"
)

// BenchmarkScan scans a generated estate of a thousand resources, 100 per root module, to a table.
func BenchmarkScan(b *testing.B) {
	dir := b.TempDir()
	generateEstate(b, dir, 1_000, 100)
	table := filepath.Join(b.TempDir(), "table")
	b.ReportAllocs()
	for b.Loop() {
		if code, _, stderr := tomscan(b, nil, "scan", dir, "--boundary", dir, "-o", "table="+table); code != codeFails {
			b.Fatalf("ends with %d: %s", code, stderr)
		}
	}
}
