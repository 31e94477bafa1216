package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// The exit codes.
const (
	codeHolds       = 0 // no clause fails
	codeFails       = 1 // a clause fails or its evidence conflicts
	codeUsage       = 2 // usage or annex error
	codeCouldNotRun = 3 // could not run, or an engine error
	codeNotAssessed = 4 // something not assessed under --strict
)

// failure is an error with its exit code and what to do about it.
type failure struct {
	code int
	err  error
	hint string
}

// Error returns the error without the hint.
func (f *failure) Error() string { return f.err.Error() }

// Unwrap returns the error within.
func (f *failure) Unwrap() error { return f.err }

// ending is how a run ends that has said all it has to say: the exit code alone.
type ending int

// Error says the exit code; nobody sees it.
func (e ending) Error() string { return "exit code " + strconv.Itoa(int(e)) }

// usageError is a wrong command line, configuration or annex.
func usageError(what, hint string, args ...any) error {
	return &failure{codeUsage, errors.New(what), fmt.Sprintf(hint, args...)}
}

// cannotRun is something outside that keeps tomscan from running.
func cannotRun(err error, hint string, args ...any) error {
	return &failure{codeCouldNotRun, err, fmt.Sprintf(hint, args...)}
}

// end says err on standard error, one line and a hint, and returns the exit code.
func (p *program) end(ctx context.Context, err error) int {
	var e ending
	var f *failure
	switch {
	case err == nil:
		return codeHolds
	case errors.As(err, &e):
		return int(e)
	case errors.Is(err, errInterrupted):
		_ = errors.As(err, &f)
	case ctx.Err() != nil:
		f = &failure{code: codeCouldNotRun, err: errors.New("interrupted")}
	case errors.As(err, &f):
	default:
		f = &failure{code: codeCouldNotRun, err: err}
	}
	fmt.Fprintf(p.stderr, "tomscan: error: %s\n", oneLine(f.err.Error()))
	if f.hint != "" {
		fmt.Fprintf(p.stderr, "tomscan: hint: %s\n", f.hint)
	}
	return f.code
}

// oneLine joins the lines of text, and shows control characters that a hostile file name may carry as escapes.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return strings.Map(func(r rune) rune {
		if strconv.IsPrint(r) {
			return r
		}
		return '\uFFFD'
	}, text)
}

// quote shows a word of the user's in quotes.
func quote(word string) string { return strconv.Quote(word) }
