package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2/hclparse"
)

var (
	wholeProgram = flag.String("whole-program", "", "binary to measure over generated estates")
	figuresFile  = flag.String("figures", "", "Markdown file to write the figures to")
)

// estateSize is one generated estate to measure.
type estateSize struct{ resources, perRoot int }

// figure is what one estate needed: the best times of several runs, since what disturbs a run only makes it slower, and
// the largest peak.
type figure struct {
	estateSize
	floor, wall, processor time.Duration
	peak                   int64 // bytes
}

// TestWholeProgram measures the program over generated estates, beside the physical floor: reading and parsing every
// file on two goroutines, over servers, and over a large live account. `make bench` runs it; it holds the bounds that docs/benchmarks.md promises.
func TestWholeProgram(t *testing.T) {
	if *wholeProgram == "" {
		t.Skip("measures only when `make bench` asks for it")
	}
	var figures []figure
	for _, size := range []estateSize{{10, 10}, {1_000, 100}, {10_000, 100}, {10_000, 1_000}, {50_000, 100}} {
		dir := t.TempDir()
		generateEstate(t, dir, size.resources, size.perRoot)
		f := measure(t, dir, size)
		t.Logf("%d resources, %d per root: floor %v, scan %v, %d MiB", size.resources, size.perRoot, f.floor, f.wall, f.peak>>20)
		figures = append(figures, f)
	}
	checkFigures(t, figures)
	if *figuresFile != "" {
		if err := writeFigures(*figuresFile, figures); err != nil {
			t.Fatal(err)
		}
	}
	measureServers(t)
	measureFleet(t)
}

func measure(t *testing.T, dir string, size estateSize) figure {
	t.Helper()
	runs := 3
	if size.resources <= 1_000 {
		runs = 20
	}
	f := figure{estateSize: size}
	for n := range runs {
		floor, scan := floor(t, dir), scanOnce(t, dir)
		if n == 0 {
			f.floor, f.wall, f.processor = floor, scan.wall, scan.processor
		}
		f.floor, f.wall, f.processor = min(f.floor, floor), min(f.wall, scan.wall), min(f.processor, scan.processor)
		f.peak = max(f.peak, scan.peak)
	}
	return f
}

// scanOnce runs one scan to a table in a file, and returns its wall time, processor time and peak memory.
func scanOnce(t *testing.T, dir string) figure {
	t.Helper()
	c := exec.CommandContext(t.Context(), *wholeProgram, "scan", dir, "--boundary", dir, "--at", "2026-11-21T12:00:00Z", "-o", "table="+filepath.Join(t.TempDir(), "table"))
	var stderr bytes.Buffer
	c.Dir, c.Stderr = dir, &stderr
	start := time.Now()
	err := c.Run()
	wall := time.Since(start)
	if code := c.ProcessState.ExitCode(); err != nil && code != codeFails {
		t.Fatalf("the scan ends with %d: %s", code, stderr.String())
	}
	return figure{wall: wall, processor: c.ProcessState.UserTime() + c.ProcessState.SystemTime(),
		peak: c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10}
}

// floor reads and parses every file on two goroutines, and returns how long that takes.
func floor(t *testing.T, dir string) time.Duration {
	t.Helper()
	start := time.Now()
	names := make(chan string, 64)
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for name := range names {
				source, err := os.ReadFile(name)
				if err != nil {
					t.Error(err)
					continue
				}
				_, _ = hclparse.NewParser().ParseHCL(source, name)
			}
		})
	}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names <- name
		}
		return err
	})
	close(names)
	workers.Wait()
	if err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}

// checkFigures holds what docs/benchmarks.md promises.
func checkFigures(t *testing.T, figures []figure) {
	t.Helper()
	for _, f := range figures {
		switch {
		case f.resources <= 100 && f.wall > 150*time.Millisecond:
			t.Errorf("%d resources take %v, want at most 150 ms", f.resources, f.wall)
		case f.resources == 10_000 && f.wall > 10*f.floor:
			t.Errorf("%d resources, %d per root, take %v, want at most ten times the floor of %v", f.resources, f.perRoot, f.wall, f.floor)
		case f.resources == 10_000 && f.peak > 300<<20:
			t.Errorf("%d resources, %d per root, need %d MiB, want at most 300", f.resources, f.perRoot, f.peak>>20)
		}
	}
}

func writeFigures(name string, figures []figure) error {
	var b strings.Builder
	fmt.Fprintf(&b, benchmarksHead, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	for _, f := range figures {
		fmt.Fprintf(&b, "| %d | %d | %.3f | %.3f | %.1f | %.3f | %d |\n", f.resources, f.perRoot, f.floor.Seconds(), f.wall.Seconds(),
			f.wall.Seconds()/f.floor.Seconds(), f.processor.Seconds(), f.peak>>20)
	}
	return os.WriteFile(name, []byte(b.String()), 0o644)
}

const benchmarksHead = `# Benchmarks

` + "`make bench`" + ` writes this page. It scans generated estates (buckets with their satellites, databases, volumes, security groups,
listeners, log groups, IAM policies and trails; one resource in three sets breaks its promises) with the whole program, from
start to exit, and measures the physical floor in the same run: reading every file and parsing it with hclparse, on two
goroutines. Times are the best of several runs, since what disturbs a run only makes it slower; memory is the largest peak
resident size. Absolute figures depend on the machine; the ratio is what counts.

The run fails when 10,000 resources take more than ten times the floor or more than 300 MiB, or when a small directory takes
more than 150 ms.

Measured with %s on %s/%s, %d processors.

| resources | per root module | floor, s | scan, s | times the floor | processor, s | peak, MiB |
|---|---|---|---|---|---|---|
`
