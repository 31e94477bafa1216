package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/tomscan/tomscan/scanners/server"
)

var serverBundles = flag.String("server-bundles", "", "write two hundred bundles of servers to `DIR`")

// BenchmarkServerBundle reads and judges one bundle, of a stock Debian 12 server, by the annex of the example.
func BenchmarkServerBundle(b *testing.B) {
	bundle := filepath.Join(b.TempDir(), "web1.tar")
	if err := os.WriteFile(bundle, textBundle(b, debian12+"/capture.txtar"), 0o600); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if code, _, stderr := tomscan(b, nil, "scan", "server", "--bundle", bundle, "--annex", debian12+"/annex.hcl", "-o", "json"); code != codeFails {
			b.Fatalf("ends with %d: %s", code, stderr)
		}
	}
}

// BenchmarkServerFacts reads the same bundle and makes its facts, judged by nobody.
func BenchmarkServerFacts(b *testing.B) {
	bundle := textBundle(b, debian12+"/capture.txtar")
	target := server.Target{Origin: "web1.tar", Bundle: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(bundle)), nil }}
	b.ReportAllocs()
	b.SetBytes(int64(len(bundle)))
	for b.Loop() {
		s, err := server.New(server.Options{Targets: []server.Target{target}}).Collect(b.Context())
		if err != nil || len(s.Facts) == 0 {
			b.Fatalf("%d facts, %v", len(s.Facts), err)
		}
	}
}

// TestServerBundlesForTheWholeProgram writes 200 bundles where -server-bundles says, for measurements of the built program.
func TestServerBundlesForTheWholeProgram(t *testing.T) {
	if *serverBundles == "" {
		t.Skip("-args -server-bundles DIR writes them")
	}
	bundle := string(textBundle(t, debian12+"/capture.txtar"))
	for n := range 200 {
		name := fmt.Sprintf("host%03d.tar", n)
		writeTestFile(t, filepath.Join(*serverBundles, name), bundle)
	}
}
