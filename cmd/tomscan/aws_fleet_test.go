package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/policies"
	"github.com/tomscan/tomscan/scanners/aws"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// fleetAnnex is what the fleet is read against.
const fleetAnnex = "../../testdata/estates/parasoll/annex.hcl"

// The bounds of a scan of the fleet.
const (
	fleetCalls   = 4_000
	fleetTime    = time.Minute
	fleetMemory  = 200 << 20 // of collecting
	fleetJudged  = 280 << 20 // of a whole scan, which keeps a hundred thousand results
	fleetLatency = 100 * time.Millisecond
	fleetStorm   = 1.2 // calls during a storm of throttling, as a multiple of those without one
)

// TestFleetStaysWithinItsCalls counts the calls of a scan of the fleet under the promises of the standard annex, and under
// a limit that is a fraction of what the budget takes AWS' to be.
func TestFleetStaysWithinItsCalls(t *testing.T) {
	server := fakeaws.New(fakeaws.Fleet())
	t.Cleanup(server.Close)
	calm := fleetRun(t, server)
	t.Logf("calls by operation:\n%s", countLines(calm))
	if n := sumOf(calm); n > fleetCalls {
		t.Errorf("%d calls, want at most %d", n, fleetCalls)
	}
	server.Reset()
	clock := &liveClock{now: caseTimeOfDenials}
	server.SetClock(clock.time)
	server.Limit(1.5, 3)
	storm := fleetRunOn(t, server, clock)
	t.Logf("%d calls without a storm, %d in one", sumOf(calm), sumOf(storm))
	if ratio := float64(sumOf(storm)) / float64(sumOf(calm)); ratio > fleetStorm {
		t.Errorf("a storm costs %.2f times the calls, want at most %.1f", ratio, fleetStorm)
	}
}

func fleetRun(t *testing.T, server *fakeaws.Server) map[string]int {
	t.Helper()
	return fleetRunOn(t, server, &liveClock{now: caseTimeOfDenials})
}

// fleetRunOn reads the fleet as a scan against the standard annex would, and returns the calls by operation.
func fleetRunOn(t *testing.T, server *fakeaws.Server, clock *liveClock) map[string]int {
	t.Helper()
	o := liveOptions(server)
	o.Now, o.Sleep, o.Wanted = clock.time, clock.sleep, fleetWanted(t)
	s, err := aws.New(o).Collect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, sweep := range s.Sweeps {
		for _, g := range sweep.Gaps {
			if g.Code != "job_history_limited" { // nobody can look further back
				t.Errorf("gap: %v", g.Reason)
			}
		}
	}
	if unknown := server.Unknown(); len(unknown) > 0 {
		t.Errorf("the fake does not know %v", unknown)
	}
	return server.Count()
}

// fleetFigure is what one command over the fleet needed.
type fleetFigure struct {
	command string
	wall    time.Duration
	calls   map[string]int
	peak    int64 // bytes
}

// measureFleet runs the program over the fleet with the latency of a real network.
func measureFleet(t *testing.T) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	figures := []fleetFigure{
		fleetOnce(t, "collect aws", "--output", out),
		fleetOnce(t, "scan aws", "--annex", absolute(t, fleetAnnex), "-o", "json="+out),
	}
	for n, most := range []int64{fleetMemory, fleetJudged} {
		f := figures[n]
		t.Logf("%s: %v, %d calls, %d MiB\n%s", f.command, f.wall, sumOf(f.calls), f.peak>>20, countLines(f.calls))
		if f.wall > fleetTime || f.peak > most {
			t.Errorf("%s: %v, %d MiB; want %v, %d", f.command, f.wall, f.peak>>20, fleetTime, most>>20)
		}
	}
	if n := sumOf(figures[1].calls); n > fleetCalls {
		t.Errorf("%d calls, want %d", n, fleetCalls)
	}
	if *figuresFile != "" {
		if err := appendFleet(*figuresFile, figures); err != nil {
			t.Fatal(err)
		}
	}
}

// fleetOnce runs one command over a fleet of its own.
func fleetOnce(t *testing.T, command string, args ...string) fleetFigure {
	t.Helper()
	server := fakeaws.New(fakeaws.Fleet())
	t.Cleanup(server.Close)
	server.SetLatency(fleetLatency)
	args = slices.Concat(strings.Fields(command), []string{"--endpoint", server.URL, "--at", "2026-11-21T12:00:00Z"}, args)
	c := exec.CommandContext(t.Context(), *wholeProgram, args...)
	c.Dir = t.TempDir()
	c.Env = []string{"HOME=" + c.Dir, "AWS_ACCESS_KEY_ID=" + fakeaws.AccessKey(fakeaws.StandardAccount), "AWS_SECRET_ACCESS_KEY=fake", "AWS_REGION=eu-central-1"}
	var stderr bytes.Buffer
	c.Stderr = &stderr
	start := time.Now()
	_ = c.Run()
	wall := time.Since(start)
	if code := c.ProcessState.ExitCode(); code != codeFails && code != codeHolds {
		t.Fatalf("%s ends with %d: %s", command, code, stderr.String())
	}
	return fleetFigure{command: command, wall: wall, calls: server.Count(), peak: c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10}
}

// fleetWanted says which settings the checks of the annex read.
func fleetWanted(t *testing.T) func(evidence.Kind, string) bool {
	t.Helper()
	source, err := os.ReadFile(fleetAnnex)
	if err != nil {
		t.Fatal(err)
	}
	annex, diagnostics := policies.ParseAnnex(fleetAnnex, source, policies.LoadCatalogue(), caseTimeOfDenials)
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	set, err := policies.Load(true)
	if err != nil {
		t.Fatal(err)
	}
	wanted, err := set.Wanted(t.Context(), annex)
	if err != nil {
		t.Fatal(err)
	}
	return wanted
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

// countLines are the calls by operation, the most frequent first.
func countLines(calls map[string]int) string {
	var b strings.Builder
	names := slices.SortedFunc(maps.Keys(calls), func(a, b string) int { return cmp.Or(cmp.Compare(calls[b], calls[a]), cmp.Compare(a, b)) })
	for _, name := range names {
		fmt.Fprintf(&b, "%6d %s\n", calls[name], name)
	}
	return b.String()
}

func sumOf(calls map[string]int) int {
	n := 0
	for _, c := range calls {
		n += c
	}
	return n
}

func appendFleet(name string, figures []fleetFigure) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, fleetHead, fleetLatency, runtime.NumCPU())
	for _, figure := range figures {
		_, more := fmt.Fprintf(f, "| `%s` | %.1f | %d | %d |\n", figure.command, figure.wall.Seconds(), sumOf(figure.calls), figure.peak>>20)
		err = errors.Join(err, more)
	}
	_, more := fmt.Fprintf(f, fleetTail, countLines(figures[len(figures)-1].calls))
	return errors.Join(err, more, f.Close())
}

const fleetHead = `
## A large account

Over a server on the same machine that speaks AWS' protocols: 500 buckets, 200 databases, 5,000 volumes, 20,000 snapshots,
150 roles, 40 keys in four of seventeen regions, each answer after %v. %d processors. Collecting asks for everything; the scan
asks for what the example's annex promises, and keeps a hundred thousand results.

| command | wall s | calls | peak MiB |
|:--|--:|--:|--:|
`

const fleetTail = `
Calls of the scan by operation:

` + "```\n%s```\n"
