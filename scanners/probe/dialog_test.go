package probe

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"strings"
	"testing"
)

// mailer answers each line that begins with a word of replies; after STARTTLS it speaks TLS.
func mailer(greeting string, replies map[string]string, cert tls.Certificate) func(net.Conn) {
	return func(conn net.Conn) {
		_, _ = io.WriteString(conn, greeting)
		lines := bufio.NewReader(conn)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			for word, reply := range replies {
				if strings.Contains(line, word) {
					_, _ = io.WriteString(conn, reply)
				}
			}
			if strings.Contains(line, "STARTTLS") {
				speaks(cert, tls.VersionTLS11, tls.VersionTLS12, "")(conn)
				return
			}
		}
	}
}

// TestMail reads SMTP and IMAP servers with and without STARTTLS.
func TestMail(t *testing.T) {
	a := newAuthority(t)
	cert := a.signed(t, "www.example.com", testTime.AddDate(1, 0, 0))
	offer := "250-mx\r\n250-SIZE 1\r\n250 STARTTLS\r\n"
	for _, c := range []struct {
		name, endpoint, greeting string
		replies                  map[string]string
		starttls, tlsMin         any
		gaps                     int
	}{
		{"smtp offers", "smtp", "220-mx\r\n220 ready\r\n", map[string]string{"EHLO": offer, "MAIL": "250 ok\r\n", "STARTTLS": "220 go\r\n"}, "offered", 11, 0},
		{"smtp demands", "smtp", "220 ready\r\n", map[string]string{"EHLO": offer, "MAIL": "530 5.7.0 Must issue a STARTTLS command first\r\n", "STARTTLS": "220 go\r\n"}, "required", 11, 0},
		{"smtp demands a password", "smtp", "220 ready\r\n", map[string]string{"EHLO": offer, "MAIL": "530 5.7.0 Authentication required\r\n", "STARTTLS": "220 go\r\n"}, "offered", 11, 0},
		{"smtp offers and refuses", "smtp", "220 ready\r\n", map[string]string{"EHLO": offer, "MAIL": "250 ok\r\n", "STARTTLS": "454 later\r\n"}, "offered", nil, 2},
		{"smtp without", "smtp", "220 ready\r\n", map[string]string{"EHLO": "250 STARTTLS.example.com\r\n"}, "none", 0, 0},
		{"smtp of old", "smtp", "220 ready\r\n", map[string]string{"EHLO": "500 what\r\n"}, "none", 0, 0},
		{"smtp is busy", "smtp", "421 later\r\n", nil, nil, nil, 1},
		{"smtp speaks nonsense", "smtp", "SSH-2.0-x\r\n", nil, nil, nil, 1},
		{"imap offers", "imap", "* OK ready\r\n", map[string]string{"CAPABILITY": "* CAPABILITY IMAP4rev1 STARTTLS\r\na OK\r\n", "STARTTLS": "b OK go\r\n"}, "offered", 11, 0},
		{"imap demands", "imap", "* OK ready\r\n", map[string]string{"CAPABILITY": "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na OK\r\n", "STARTTLS": "b OK go\r\n"}, "required", 11, 0},
		{"imap without", "imap", "* OK ready\r\n", map[string]string{"CAPABILITY": "* CAPABILITY IMAP4rev1\r\na OK\r\n"}, "none", 0, 0},
		{"imap says goodbye", "imap", "* BYE\r\n", nil, nil, nil, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := site(map[string]net.Listener{"9": serve(t, "tcp4", mailer(c.greeting, c.replies, cert))})
			s := collect(t, w.options(a.pool(), c.endpoint+"://www.example.com:9"))
			got := told(s)
			id := "probe:" + c.endpoint + "://www.example.com:9@192.0.2.1/"
			if got[id+"endpoint"]["starttls"] != c.starttls || got[id+"listener"]["tls_min"] != c.tlsMin || len(codes(s)) != c.gaps {
				t.Errorf("starttls %v, tls_min %v, gaps %v", got[id+"endpoint"]["starttls"], got[id+"listener"]["tls_min"], codes(s))
			}
			if trusted := got[id+"endpoint"]["certificate_trusted"]; c.tlsMin == 11 && trusted != true {
				t.Errorf("certificate_trusted %v", trusted)
			}
		})
	}
}

// FuzzParseReplies reads hostile replies: what is accepted has codes and lines within bounds, and nothing after the reply is taken.
func FuzzParseReplies(f *testing.F) {
	for _, seed := range []string{"220 ready\r\n", "250-a\r\n250 b\r\nrest", "* CAPABILITY X\r\na OK\r\n\x16\x03", "250", "a NO\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := strings.NewReader(text)
		if code, lines, err := readSMTP(r); err == nil {
			if taken := text[:len(text)-r.Len()]; code < 200 || code > 599 || len(lines) != strings.Count(taken, "\n") || !strings.HasSuffix(taken, "\n") {
				t.Errorf("%q is %d %q", taken, code, lines)
			}
		}
		r = strings.NewReader(text)
		if _, lines, err := readIMAP(r, "a"); err == nil {
			if taken := text[:len(text)-r.Len()]; len(lines)+1 != strings.Count(taken, "\n") || !strings.HasSuffix(taken, "\n") {
				t.Errorf("%q is %q", taken, lines)
			}
		}
	})
}

// FuzzParseAnswer reads hostile answers to hellos: none is accepted without a hello of the version that was asked for.
func FuzzParseAnswer(f *testing.F) {
	f.Add([]byte{21, 3, 1, 0, 2, 2, 70})
	body := append(append([]byte{3, 1}, make([]byte, 33)...), 0, 3, 0)
	f.Add(handshake(append([]byte{2, 0, 0, byte(len(body))}, body...), []byte{14, 0, 0, 0}))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, v := range versions() {
			a := judge(strings.NewReader(string(data)), v)
			if a.verdict == accepted && (v == tls13 || !strings.Contains(string(data), string([]byte{3, byte(v)}))) && !strings.Contains(string(data), "\x03\x04") {
				t.Errorf("%x accepts %s", data, v)
			}
			if a.verdict != silent && !a.spoken {
				t.Errorf("%x decides %s without TLS", data, v)
			}
		}
	})
}
