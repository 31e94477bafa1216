package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// testTime is the clock of tests that pass none.
var testTime = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"tomscan": main}) }

// TestScripts runs the command line scripts.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SOURCE_DATE_EPOCH", "1795262400")
			e.Values[fakeKey{}] = &fakeHolder{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"bundle": makeBundle, "exits": exits, "fakeaws": fakeAWS, "fakesite": fakeSite},
	})
}

// exits runs `exits CODE COMMAND ARGS...` and fails unless the command ends with CODE.
func exits(s *testscript.TestScript, _ bool, args []string) {
	err := s.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		s.Fatalf("%s ends with %s, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}

// tomscan runs a command line in this process, in the working directory.
func tomscan(t testing.TB, env []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(""), &out, &errs, env, func() time.Time { return testTime })
	return code, out.String(), errs.String()
}

// TestInterrupted ends a run whose context has ended: one line, nothing written.
func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	generateEstate(t, dir, 20, 20)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errs bytes.Buffer
	report := filepath.Join(dir, "report.json")
	code := run(ctx, []string{"scan", dir, "-o", "table", "-o", "json=" + report}, strings.NewReader(""), &out, &errs, nil, time.Now)
	if code != codeCouldNotRun || out.Len() > 0 || errs.String() != "tomscan: error: interrupted\n" {
		t.Errorf("ends with %d, standard output %q, standard error %q", code, out.String(), errs.String())
	}
	if _, err := os.Stat(report); err == nil {
		t.Error("wrote a report")
	}
}
