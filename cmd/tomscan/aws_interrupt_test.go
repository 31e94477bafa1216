package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

func TestAnInterruptedProgramWritesWhatItReadUntilThen(t *testing.T) {
	fake := quietFake(t)
	const nth = 60
	var requests atomic.Int32
	reached, gone := make(chan struct{}), make(chan struct{})
	front := inFrontOf(t, fake.URL, func() {
		n := requests.Add(1)
		if n == nth {
			close(reached)
		}
		if n >= nth {
			<-gone
		}
	})
	c, file := collecting(t, fake.URL, front.URL)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	died := begin(t, c)
	select {
	case <-reached:
		_ = c.Process.Signal(os.Interrupt)
		if err := <-died; err == nil {
			t.Error("the program ended well")
		}
	case err := <-died:
		t.Errorf("the program ended before: %v", err)
	}
	close(gone)
	want := "tomscan: interrupted: what was read until then is reported, the rest is not assessed\n" +
		"tomscan: error: interrupted; the report shows what was read until then\n" +
		"tomscan: hint: run it again for the rest\n"
	if code := c.ProcessState.ExitCode(); code != codeCouldNotRun || stderr.String() != want {
		t.Errorf("ended with %d and said %q, want %d and %q", code, stderr.String(), codeCouldNotRun, want)
	}
	var s evidence.Snapshot
	if err := json.Unmarshal([]byte(readFile(t, file)), &s); err != nil || len(s.Calls) == 0 || !saysInterrupted(s) {
		t.Errorf("%d calls in %s, %v; is it said that reading was stopped: %t", len(s.Calls), filepath.Base(file), err, saysInterrupted(s))
	}
}

// saysInterrupted says whether a gap of the snapshot tells of the interrupt.
func saysInterrupted(s evidence.Snapshot) bool {
	for _, sweep := range s.Sweeps {
		for _, gap := range sweep.Gaps {
			if gap.Code == "read_interrupted" {
				return true
			}
		}
	}
	return false
}
