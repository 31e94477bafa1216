package docker

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func ptr[T any](v T) *T { return &v }

func TestParse(t *testing.T) {
	t.Parallel()
	got, err := Parse([]byte("{\"hosts\": [\"fd://\", \"tcp://10.0.0.1:2376\"], \"tlsverify\": true, \"icc\": false}"))
	want := Config{Hosts: []string{"fd://", "tcp://10.0.0.1:2376"}, TLSVerify: ptr(true)}
	if diff := cmp.Diff(got, want); diff != "" || err != nil {
		t.Errorf("(-got +want)\n%s%v", diff, err)
	}
	if got, err := Parse([]byte(" \n")); err != nil || got.Hosts != nil {
		t.Errorf("an empty file: %v %v", got, err)
	}
	for _, text := range []string{"{", "[]", `{"hosts": "tcp://x"}`, `{"tlsverify": "yes"}`} {
		if _, err := Parse([]byte(text)); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: got %v", text, err)
		}
	}
	if got := Line([]byte("{\n \"icc\": true,\n \"hosts\": []\n}"), "hosts"); got != 3 {
		t.Errorf("line %d", got)
	}
}

func TestArguments(t *testing.T) {
	t.Parallel()
	tests := map[string]Config{
		"-H fd:// --containerd=/run/x":                                {Hosts: []string{"fd://"}},
		"-Htcp://0.0.0.0:2375 --host=unix:///x":                       {Hosts: []string{"tcp://0.0.0.0:2375", "unix:///x"}},
		"-H=tcp://:1 --tlsverify":                                     {Hosts: []string{"tcp://:1"}, TLSVerify: ptr(true)},
		"--tlsverify=false --userns-remap=x --config-file /a":         {TLSVerify: ptr(false), File: "/a"},
		"--tlsverify=1 --config-file=/b -H":                           {Hosts: []string{""}, TLSVerify: ptr(true), File: "/b"},
		"--tls --tlscacert=/ca.pem --label x=-Htcp://0.0.0.0 --debug": {},
	}
	for text, want := range tests {
		if diff := cmp.Diff(Arguments(strings.Fields(text)), want); diff != "" {
			t.Errorf("%s (-got +want)\n%s", text, diff)
		}
	}
}

func TestNetwork(t *testing.T) {
	t.Parallel()
	tests := []struct {
		host    string
		listens []string
		open    bool
	}{
		{"unix:///run/docker.sock", nil, false}, {"fd://", []string{"/run/docker.sock"}, false}, {"fd://", []string{"/run/docker.sock", "2375"}, true},
		{"fd://", []string{"127.0.0.1:2375"}, false}, {"fd://", []string{"[::]:2375"}, true}, {"unix:///x", []string{"2375"}, false},
		{"tcp://0.0.0.0:2375", nil, true}, {"tcp://[::]:2375", nil, true}, {"0.0.0.0:2375", nil, true}, {"tcp://docker.example.com:2376", nil, true},
		{"tcp://127.0.0.1:2375", nil, false}, {"tcp://localhost:2375", nil, false}, {"tcp://[::1]:2375", nil, false}, {"tcp://:2375", nil, false},
		{"tcp://", nil, false}, {"tcp://10.0.0.1", nil, true}, {"tcp://[::1]", nil, false}, {"tcp://10.0.0.1:2375/path:x", nil, true},
	}
	for _, tt := range tests {
		if got := (Config{Hosts: []string{tt.host}}).Network(tt.listens); (got != "") != tt.open {
			t.Errorf("%s %v: got %q", tt.host, tt.listens, got)
		}
	}
}

func TestArgumentsStandOverTheFile(t *testing.T) {
	t.Parallel()
	got := Config{Hosts: []string{"fd://"}, TLSVerify: ptr(false)}.Over(Config{Hosts: []string{"tcp://10.0.0.1"}, TLSVerify: ptr(true)})
	want := Config{Hosts: []string{"tcp://10.0.0.1", "fd://"}, TLSVerify: ptr(false)}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
	if got.Verifies() || (Config{}).Verifies() || !(Config{TLSVerify: ptr(true)}).Verifies() {
		t.Error("what it means")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`{"hosts": ["tcp://[::]:1"], "tlsverify": true}`, "-H fd:// --tlsverify", "2375")
	f.Add(`{}`, "-Htcp://:x --config-file", "[::1]:1")
	f.Fuzz(func(t *testing.T, file, args, listen string) {
		c, err := Parse([]byte(file))
		if err != nil {
			return
		}
		all := Arguments(strings.Fields(args)).Over(c)
		if len(all.Hosts) < len(c.Hosts) {
			t.Error("an address was lost")
		}
		if c.Network(nil) != "" && all.Network([]string{listen}) == "" {
			t.Error("arguments closed what the file opens")
		}
	})
}
