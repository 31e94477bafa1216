package probe

import (
	"context"
	"errors"
	"io"
	"net"
	"syscall"
	"time"
)

// past is a deadline that has passed: reads and writes end at once.
var past = time.Unix(1, 0)

func isRefused(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }

// reset says whether the other side broke the connection off.
func reset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// plainly says why a call failed: the same words on every machine.
func plainly(err error) string {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return "no such host"
	case errors.As(err, &timeout) && timeout.Timeout() || errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case isRefused(err):
		return "connection refused"
	case reset(err), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection was closed"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.EADDRNOTAVAIL):
		return "no route to it"
	case errors.As(err, &dns):
		return "the name server does not answer"
	case errors.Is(err, errNonsense), errors.Is(err, errDialog):
		return err.Error()
	}
	return "the connection failed"
}

// errDialog is an answer that the protocol does not know.
var errDialog = errors.New("what answers does not speak the protocol")
