package main

import (
	"io"
	"path/filepath"
	"testing"
	"testing/iotest"
	"time"
)

// endless is a capture that never ends.
type endless struct{ read int }

// Read gives zeros.
func (e *endless) Read(data []byte) (int, error) {
	e.read += len(data)
	return len(data), nil
}

// Close ends nothing.
func (*endless) Close() error { return nil }

func TestACaptureThatGoesOnIsNotKept(t *testing.T) {
	name, source := filepath.Join(t.TempDir(), "db1.tar"), &endless{}
	k, err := keeping(source, name)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Close(); err == nil || source.read > 2*restLimit {
		t.Errorf("%v after %d bytes", err, source.read)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(name), "*")); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

// TestWhatACommandLeavesBehindIsNotWaitedFor holds that a capture ends with its command, though a process of it keeps its output open.
func TestWhatACommandLeavesBehindIsNotWaitedFor(t *testing.T) {
	r, err := startCapture(t.Context(), []string{"sh", "-c", "sleep 30 >/dev/null & echo bundle"}, &hostFlags{timeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := iotest.TestReader(io.LimitReader(r, 7), []byte("bundle\n")); err != nil {
		t.Error(err)
	}
	if err := r.Close(); err != nil || time.Since(began) > 20*time.Second {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}
