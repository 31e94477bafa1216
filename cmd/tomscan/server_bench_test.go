package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/tomscan/tomscan/scanners/server"
)

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

// The most that reading and judging of servers may need.
const (
	oneServerTime = 500 * time.Millisecond
	serversTime   = time.Minute
	serversMemory = 400 << 20
)

// measureServers runs the program over bundles of one and of two hundred servers, and holds what docs/benchmarks.md promises.
func measureServers(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	bundle := string(textBundle(t, debian12+"/capture.txtar"))
	var names []string
	for n := range 200 {
		name := fmt.Sprintf("host%03d", n)
		writeTestFile(t, filepath.Join(dir, name+".tar"), bundle)
		names = append(names, "--bundle", name+"="+name+".tar")
	}
	one, all := serversOnce(t, dir, names[:2]), serversOnce(t, dir, names)
	for range 4 {
		one.wall = min(one.wall, serversOnce(t, dir, names[:2]).wall)
	}
	t.Logf("one server: %v, %d MiB; 200: %v, %d MiB", one.wall, one.peak>>20, all.wall, all.peak>>20)
	if one.wall > oneServerTime || all.wall > serversTime || all.peak > serversMemory {
		t.Errorf("one server %v, 200 %v with %d MiB; want %v, %v, %d", one.wall, all.wall, all.peak>>20, oneServerTime, serversTime, serversMemory>>20)
	}
	if *figuresFile != "" {
		if err := appendServers(*figuresFile, one, all); err != nil {
			t.Fatal(err)
		}
	}
}

// serversOnce scans bundles to JSON.
func serversOnce(t *testing.T, dir string, bundles []string) figure {
	t.Helper()
	args := append([]string{"scan", "server", "--annex", absolute(t, debian12+"/annex.hcl"), "--at", "2026-11-22T12:00:00Z", "-o", "json=report"}, bundles...)
	c := exec.CommandContext(t.Context(), *wholeProgram, args...)
	var stderr bytes.Buffer
	c.Dir, c.Stderr = dir, &stderr
	start := time.Now()
	_ = c.Run()
	wall := time.Since(start)
	if code := c.ProcessState.ExitCode(); code != codeFails {
		t.Fatalf("the scan ends with %d: %s", code, stderr.String())
	}
	return figure{wall: wall, processor: c.ProcessState.UserTime() + c.ProcessState.SystemTime(), peak: c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10}
}

func appendServers(name string, one, all figure) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, serversText, one.wall.Seconds(), one.processor.Seconds(), one.peak>>20, all.wall.Seconds(), all.processor.Seconds(), all.peak>>20)
	return errors.Join(err, f.Close())
}

const serversText = `
## Servers

Bundles of the Debian 12 server of testdata/estates/debian12, read and judged by its annex to a report as JSON:
` + "`tomscan scan server --bundle host000=host000.tar ... --annex annex.hcl -o json=report`" + `. The run fails when one takes more
than 500 ms, or 200 more than a minute or 400 MiB.

| servers | wall, s | processor, s | peak, MiB |
|---|---|---|---|
| 1 | %.3f | %.3f | %d |
| 200 | %.1f | %.1f | %d |
`
