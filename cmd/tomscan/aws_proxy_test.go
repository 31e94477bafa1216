package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// quietFake is the standard estate, whose report of credentials is made already.
func quietFake(t *testing.T) *fakeaws.Server {
	t.Helper()
	server := fakeaws.New(fakeaws.Standard())
	t.Cleanup(server.Close)
	if err := makeReport(t.Context(), server); err != nil {
		t.Fatal(err)
	}
	return server
}

// programWith is a command of the real program, with nothing of this process' environment but the PATH.
func programWith(t *testing.T, env map[string]string, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), "tomscan", args...)
	c.Dir = t.TempDir()
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "SOURCE_DATE_EPOCH=1795262400"}
	for _, name := range slices.Sorted(maps.Keys(env)) {
		c.Env = append(c.Env, name+"="+env[name])
	}
	return c
}

func TestTheProgramReadsAWSThroughAProxyThatBreaksTLSOpen(t *testing.T) {
	fake := quietFake(t)
	trusted := newAuthority(t)
	proxy := newConnectProxy(t, everyAWSHost(t, fake.URL, trusted).Listener.Addr().String())
	bundle := filepath.Join(t.TempDir(), "authority.pem")
	if err := os.WriteFile(bundle, trusted.pem(), 0o600); err != nil {
		t.Fatal(err)
	}
	collect := []string{"collect", "aws", "--region", "eu-central-1"}
	direct := collected(t, programWith(t, fakeEnvironment(fake.URL), append(slices.Clone(collect), "--endpoint", fake.URL)...))
	env := fakeEnvironment(fake.URL)
	env["HTTPS_PROXY"] = proxy.URL

	t.Run("--ca-bundle", func(t *testing.T) {
		got := collected(t, programWith(t, env, append(slices.Clone(collect), "--ca-bundle", bundle)...))
		if diff := gocmp.Diff(direct.Facts, got.Facts); diff != "" {
			t.Errorf("the proxy changes what is read (-direct +through the proxy):\n%s", diff)
		}
		for _, host := range []string{"CONNECT sts.eu-central-1.amazonaws.com:443", "CONNECT good-bucket.s3.eu-central-1.amazonaws.com:443", "CONNECT iam.amazonaws.com:443"} {
			if !slices.Contains(proxy.asked(), host) {
				t.Errorf("the proxy was not asked for %s, but for %v", host, proxy.asked())
			}
		}
	})
	t.Run("AWS_CA_BUNDLE", func(t *testing.T) {
		env := maps.Clone(env)
		env["AWS_CA_BUNDLE"] = bundle
		got := collected(t, programWith(t, env, collect...))
		if diff := gocmp.Diff(direct.Facts, got.Facts); diff != "" {
			t.Errorf("the proxy changes what is read (-direct +through the proxy):\n%s", diff)
		}
	})
	t.Run("without a bundle", func(t *testing.T) {
		code, stderr := ended(t, programWith(t, env, collect...))
		if code != codeCouldNotRun || stderr != "tomscan: error: AWS cannot be reached: the certificate is not trusted\n"+
			"tomscan: hint: name the certificates of your proxy with --ca-bundle\n" {
			t.Errorf("ended with %d and said %q", code, stderr)
		}
	})
	t.Run("a proxy that is not there", func(t *testing.T) {
		env := maps.Clone(env)
		env["HTTPS_PROXY"] = "http://127.0.0.1:1"
		code, stderr := ended(t, programWith(t, env, collect...))
		if code != codeCouldNotRun || stderr != "tomscan: error: AWS cannot be reached: no connection\n"+
			"tomscan: hint: check the network, the proxy (HTTPS_PROXY) and the region\n" {
			t.Errorf("ended with %d and said %q", code, stderr)
		}
	})
	if unknown := fake.Unknown(); len(unknown) > 0 {
		t.Errorf("the fake does not know %v", unknown)
	}
}

// collected is the snapshot that a command writes.
func collected(t *testing.T, c *exec.Cmd) evidence.Snapshot {
	t.Helper()
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	var s evidence.Snapshot
	if err := json.Unmarshal(out, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Facts) == 0 {
		t.Fatal("no facts")
	}
	return s
}

// ended is the exit code of a command, and what it says on standard error.
func ended(t *testing.T, c *exec.Cmd) (int, string) {
	t.Helper()
	var stderr bytes.Buffer
	c.Stderr = &stderr
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), stderr.String()
}
