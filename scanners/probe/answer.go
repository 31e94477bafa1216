package probe

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// What records and messages are called on the wire.
const (
	recordAlert     = 21
	recordHandshake = 22

	messageServerHello = 2
	messageDone        = 14
)

// answerLimit is how much of an answer is read: chains and lists of authorities take tens of kilobytes.
const answerLimit = 256 << 10

// verdict says what a server makes of a version. The zero verdict is that it did not say.
type verdict int

// The verdicts.
const (
	silent verdict = iota
	accepted
	refused
)

// answer is what came back to a hello.
type answer struct {
	verdict verdict
	detail  string // for positions and reasons
	spoken  bool   // it was TLS
	closed  bool   // the connection ended without a word: some servers refuse like that
}

// judge reads the answer to a hello of version v. Up to TLS 1.2 a server has accepted when it has said all that it says before the
// client's turn: OpenSSL sends its hello and only then finds that its own security level forbids the rest. In TLS 1.3 all that
// follows the hello is encrypted; a HelloRetryRequest is a hello.
func judge(r io.Reader, v version) answer {
	m := &messages{from: io.LimitReader(r, answerLimit)}
	first := true
	for {
		kind, body, err := m.next()
		var alert alertError
		switch {
		case errors.As(err, &alert):
			return alert.answer(v)
		case err != nil && first && !m.begun && closedEarly(err):
			return answer{detail: "the connection was closed", closed: true}
		case err != nil:
			return answer{detail: err.Error(), spoken: !first}
		case first && kind != messageServerHello:
			return answer{detail: fmt.Sprintf("message %d in place of a hello", kind)}
		case first:
			got, err := helloVersion(body)
			if err != nil {
				return answer{detail: err.Error()}
			}
			if got != v {
				return answer{verdict: refused, detail: "refused: it answers with " + named(got), spoken: true}
			}
			if v == tls13 {
				return answer{verdict: accepted, detail: "accepted", spoken: true}
			}
			first = false
		case kind == messageDone:
			return answer{verdict: accepted, detail: "accepted", spoken: true}
		}
	}
}

func named(v version) string {
	if v < ssl30 || v > tls13 {
		return fmt.Sprintf("version %#04x", uint16(v))
	}
	return v.String()
}

// closedEarly says whether the other side hung up, and nothing was lost on the way.
func closedEarly(err error) bool { return errors.Is(err, io.EOF) || reset(err) }

// alertError is a fatal alert.
type alertError byte

func (a alertError) Error() string { return fmt.Sprintf("alert %d", byte(a)) }

// answer says whether the alert is a refusal of what was offered; others say that something else is wrong.
// https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-parameters-6
func (a alertError) answer(v version) answer {
	names := map[alertError]string{40: "handshake_failure", 47: "illegal_parameter", 50: "decode_error", 70: "protocol_version", 71: "insufficient_security", 80: "internal_error", 112: "unrecognized_name"}
	name := names[a]
	if name == "" {
		name = fmt.Sprint(byte(a))
	}
	// internal_error is what OpenSSL says when its security level leaves no way to sign. Some servers cannot read a hello as old as that
	// of SSL 3.0; of later ones it may be this hello alone that they cannot read.
	if a == 40 || a == 70 || a == 71 || a == 80 || v == ssl30 && (a == 47 || a == 50) {
		return answer{verdict: refused, detail: "refused: " + name, spoken: true}
	}
	return answer{detail: "alert " + name, spoken: true}
}

// helloVersion is the version that a ServerHello chooses.
func helloVersion(body []byte) (version, error) {
	short := errors.New("a hello that is cut")
	if len(body) < 35 {
		return 0, short
	}
	v := version(binary.BigEndian.Uint16(body))
	rest := body[34:]
	id := int(rest[0])
	if id > 32 || len(rest) < 1+id+3 {
		return 0, short
	}
	rest = rest[1+id+3:]
	if len(rest) == 0 {
		return v, nil
	}
	if len(rest) < 2 || int(binary.BigEndian.Uint16(rest)) != len(rest)-2 {
		return 0, short
	}
	for rest = rest[2:]; len(rest) > 0; {
		if len(rest) < 4 {
			return 0, short
		}
		kind, size := binary.BigEndian.Uint16(rest), int(binary.BigEndian.Uint16(rest[2:]))
		if len(rest) < 4+size {
			return 0, short
		}
		if kind == 43 && size == 2 && v == tls12 { // https://datatracker.ietf.org/doc/html/rfc8446#section-4.2.1
			v = version(binary.BigEndian.Uint16(rest[4:]))
		}
		rest = rest[4+size:]
	}
	return v, nil
}

// messages reads handshake messages out of records.
type messages struct {
	from    io.Reader
	pending []byte
	begun   bool // something was read
}

// next returns the next message, or the fatal alert that came in its place.
func (m *messages) next() (kind byte, body []byte, err error) {
	for len(m.pending) < 4 || len(m.pending) < 4+m.size() {
		if err := m.record(); err != nil {
			return 0, nil, err
		}
	}
	kind, body = m.pending[0], m.pending[4:4+m.size()]
	m.pending = m.pending[4+len(body):]
	return kind, body, nil
}

func (m *messages) size() int {
	return int(m.pending[1])<<16 | int(m.pending[2])<<8 | int(m.pending[3])
}

// recordLimit is the longest that a record may be: https://datatracker.ietf.org/doc/html/rfc5246#section-6.2.3
const recordLimit = 1<<14 + 2048

// record reads one record.
func (m *messages) record() error {
	var head [5]byte
	n, err := io.ReadFull(m.from, head[:])
	m.begun = m.begun || n > 0
	if err != nil {
		return err
	}
	size := int(binary.BigEndian.Uint16(head[3:]))
	if head[1] != 3 || size == 0 || size > recordLimit {
		return errNonsense
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(m.from, body); err != nil {
		return err
	}
	switch {
	case head[0] == recordAlert && size != 2:
		return errNonsense
	case head[0] == recordAlert && body[0] == 2:
		return alertError(body[1])
	case head[0] == recordAlert && body[1] == 0: // close_notify
		return alertError(0)
	case head[0] == recordAlert: // a warning, such as unrecognized_name: https://datatracker.ietf.org/doc/html/rfc6066#section-3
		return nil
	case head[0] != recordHandshake:
		return errNonsense
	}
	m.pending = append(m.pending, body...)
	return nil
}

// errNonsense is what does not speak TLS.
var errNonsense = errors.New("what answers does not speak TLS")
