package capture

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
)

// tricky are texts at the edges of the rules.
var tricky = []string{
	"# requirepass foobared\nrequirepass s3cr3t value ; \n", "password = \"abc def\" x\n", "password='abc\n def' x=1\ntoken=2\n",
	"export PGPASSWORD=foo pg_dump db >x\n", "* * * root curl -u bob:secret http://u:pw@h/ --password hello\n",
	"# Password aging controls\n# password one\n", "root:$6$abcdefgh$0123456789abcdefghijklmn:x\n", "RewriteRule ^(.*)$ /a$1$2/b [L]\n",
	"proxy_pass http://a:80/b;\n", "\"password\": \"x\\\"y\", \"port\": 1\n", "password: |\n   foo\n\n   bar\nnext: 1\n", "a:\n  - secret: >-\n    foo\n  b: 1\n",
	"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n\nabc\n-----END RSA PRIVATE KEY-----\nx\n", "x -----BEGIN PRIVATE KEY-----\\nMII\\n-----END PRIVATE KEY-----\ny\n",
	"secret = a \\\nb \\\nc\nd\n", "<password>abc</password><password><redacted:len=3></password>\n", "url=postgres://u:p/w@h/db ftp://aaaaaaaaaaaaaaaaaaaaaaaaaa@h\n",
	"x AKIAABCDEFGHIJKLMNOP y ghp_0123456789abcdef eyJhbGciOiJI.eyJzdWIi.x *0123456789ABCDEF0123456789ABCDEF01234567\n",
	"Authorization: Basic dXNlcjpwYXNzd29yZA==\n-H 'Authorization: Bearer abcdefghijklmnopqrst'\n", "userPassword: {SSHA}abcdef0123456789\n",
	"mysqldump -uroot -pS3cret db; mysql -p 'a b' x\nsshpass -p foo ssh h\n", "redis-cli -a foo; ldapsearch -w bar; openssl enc -k baz -pass pass:quux\n",
	"MAILTO=jane@example.com\nServerAdmin a@b.c\nemail: \"x@y.z\"\n", "Environment=\"A=1\" \"TOKEN=a b\" PASS=c\n", "tls_privatekey = MAIN_TLS_PRIVATEKEY\nprivatekey = CONFDIR/exim.key\n",
	"primary_conninfo = 'user=r password=abc host=h'\n", "a=b\r\npassword=c\r\n", "password\n", "password=\n", "password= \n", "password=\"\n\"\nx\n", "no newline password=x",
	"k='it''s' password=\"\\\\\" x\n", "smbclient -U joe%pw //h; mount -t cifs -o username=x,password=y,uid=1\n", "pass\xff\xfe=\xc3\xa9\xff x\n", "https://hooks.slack.com/services/T0/B0/xyz\n",
}

// awkRedact runs the script's own redactor over texts, each in a file of its own.
func awkRedact(t *testing.T, awk string, kind textKind, texts []string) []string {
	t.Helper()
	dir := t.TempDir()
	part, err := parts.ReadFile("script/30-redact.sh")
	if err != nil {
		t.Fatal(err)
	}
	program, err := exec.CommandContext(t.Context(), "sh", "-c", string(part)+"\nredactor").Output()
	if err != nil {
		t.Fatal(err)
	}
	var list bytes.Buffer
	for n, text := range texts {
		name := filepath.Join(dir, fmt.Sprint(n))
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&list, "%s %s\n", kind, name)
	}
	for name, data := range map[string][]byte{"list": list.Bytes(), "program": program} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.CommandContext(t.Context(), awk, "-v", "list="+filepath.Join(dir, "list"), "-f", filepath.Join(dir, "program"))
	c.Env = []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", awk, err, out)
	}
	redacted := make([]string, len(texts))
	for n := range texts {
		data, err := os.ReadFile(filepath.Join(dir, fmt.Sprint(n)))
		if err != nil {
			t.Fatal(err)
		}
		redacted[n] = string(data)
	}
	return redacted
}

// pieces are what random lines are made of.
var pieces = []string{"password", "PASS", "token", "secret_key", "=", ": ", " = ", " ", "\"", "'", "\\", "\t", ">", "<", "</", "|", "#", ";", ",", "://", "u:p@h", "@", "/etc/x", "$",
	"${X}", "{SSHA}", "$6$", "abcdefghijklmnopqrstuvwxyz", "AKIAABCDEFGHIJKLMNOP", "-p", "--", "mysql ", "curl ", "-u ", "no", "x", "mail", "a@b.c", "-----BEGIN PRIVATE KEY-----",
	"-----END ", "\n", "\n", "\n  ", "\r", "é", "\xff", "<redacted:len=3>", "export ", "[", "]", "}", ")", "`", "Authorization: ", "Bearer ", "openssl pass:", "user x on >", "#", "$USER3$=", "static:a:", "client_send = ", "{$auth2}{", "mysql_servers = ", "joe:abJnggxhB/yWI", "ticketsalt", "hc-ping.com/", "api_token ", "{ ", "bindPassword "}

func randomTexts(r *rand.Rand, n int) []string {
	texts := make([]string, n)
	for i := range texts {
		var b strings.Builder
		for range 1 + r.IntN(30) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		texts[i] = b.String()
	}
	return texts
}

func TestAgainstTheScriptsRedactor(t *testing.T) {
	texts := append(randomTexts(against.Random(t), against.Cases(800, 30_000)), tricky...)
	for _, kind := range []textKind{text, words, accounts} {
		var want []string
		for _, s := range texts {
			redacted, _ := redact(kind, []byte(s))
			want = append(want, string(redacted))
		}
		for _, awk := range []string{"mawk", "gawk", "original-awk"} {
			t.Run(awk+"/"+string(kind), func(t *testing.T) {
				got := awkRedact(t, against.Daemon(t, awk), kind, texts)
				for n := range texts {
					if got[n] != want[n] {
						t.Errorf("of %q (-script +go):\n%s", texts[n], cmp.Diff(got[n], want[n]))
					}
				}
			})
		}
	}
}

func TestRedactingTwiceChangesNothing(t *testing.T) {
	for _, s := range append(randomTexts(against.Random(t), against.Cases(3000, 50_000)), tricky...) {
		for _, kind := range []textKind{text, words, accounts} {
			once, _ := redact(kind, []byte(s))
			if twice, line := redact(kind, once); line != 0 {
				t.Errorf("%s %q: line %d was changed again (-once +twice):\n%s", kind, s, line, cmp.Diff(string(once), string(twice)))
			}
		}
	}
}

// TestLongLinesAreRedacted: a line is looked through a few times and not once for each word in it, so that none takes minutes.
func TestLongLinesAreRedacted(t *testing.T) {
	for _, piece := range []string{"{pass", "(pass ", "{Passs", "a://", "x=a://b:c", "password='", "://a:b@", "key ", "@", "-p x "} {
		data := []byte(strings.Repeat(piece, (128<<10)/len(piece)))
		clean, _ := redact(text, data)
		if again, line := redact(text, clean); line != 0 {
			t.Errorf("%q was changed again: %d bytes became %d", piece, len(clean), len(again))
		}
	}
}
