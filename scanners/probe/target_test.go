package probe

import "testing"

// FuzzParseEndpoint: an endpoint that is read is written in one way, which reads as the same.
func FuzzParseEndpoint(f *testing.F) {
	for _, seed := range []string{"https://www.Example.com./a%20b", "smtp://mail.example.com:587", "tls://[2001:db8::1]:1", "imaps://192.0.2.1", "http://[::ffff:192.0.2.1]:80", "tls://a", "https://u:p@a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		first, err := parse(text)
		if err != nil {
			return
		}
		second, err := parse(first.text)
		if err != nil || second != first {
			t.Errorf("%q is %+v, and that %+v, %v", text, first, second, err)
		}
		if first.host == "" || first.at < 1 || first.at > 65535 || first.path[0] != '/' {
			t.Errorf("%q is %+v", text, first)
		}
	})
}
