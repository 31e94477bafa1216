package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

// earlier is what stands in the file before the program that is killed would write it.
const earlier = "an earlier snapshot\n"

func TestASnapshotIsNeverHalfAFileWhenTheProgramIsKilledWhileItReads(t *testing.T) {
	fake := quietFake(t)
	for _, nth := range []int32{1, 2, 10, 60, 150} {
		t.Run(fmt.Sprintf("at request %d", nth), func(t *testing.T) {
			var requests atomic.Int32
			reached, dead := make(chan struct{}), make(chan struct{})
			front := inFrontOf(t, fake.URL, func() {
				n := requests.Add(1)
				if n == nth {
					close(reached)
				}
				if n >= nth {
					<-dead
				}
			})
			c, file := collecting(t, fake.URL, front.URL)
			died := begin(t, c)
			select {
			case <-reached:
				_ = c.Process.Kill()
				if err := <-died; err == nil {
					t.Error("the program ended well, though its requests were held")
				}
			case err := <-died:
				t.Errorf("the program ended before: %v", err)
			}
			close(dead)
			if got := readFile(t, file); got != earlier {
				t.Errorf("the file holds %d bytes, and not what it held before", len(got))
			}
		})
	}
}

func TestASnapshotIsNeverHalfAFileWhenTheProgramIsKilledWhileItWrites(t *testing.T) {
	fake := quietFake(t)
	for n := range 3 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			c, file := collecting(t, fake.URL, fake.URL)
			died := begin(t, c)
			for ended := false; !ended && !isWriting(t, filepath.Dir(file)); {
				select {
				case err := <-died:
					t.Logf("the program ended before it was seen to write: %v", err)
					died <- nil
					ended = true
				default:
				}
			}
			_ = c.Process.Kill()
			if err := <-died; err == nil {
				t.Log("the program had ended")
			}
			got := readFile(t, file)
			var s evidence.Snapshot
			if err := json.Unmarshal([]byte(got), &s); got != earlier && (err != nil || len(s.Calls) == 0) {
				t.Errorf("the file holds %d bytes that are no snapshot: %v", len(got), err)
			}
		})
	}
}

// TestASnapshotIsWholeWhenTheProgramIsNotKilled holds the other tests to a program that writes at all.
func TestASnapshotIsWholeWhenTheProgramIsNotKilled(t *testing.T) {
	fake := quietFake(t)
	c, file := collecting(t, fake.URL, fake.URL)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var s evidence.Snapshot
	if err := json.Unmarshal([]byte(readFile(t, file)), &s); err != nil || len(s.Calls) == 0 || isWriting(t, filepath.Dir(file)) {
		t.Errorf("%d calls, %v", len(s.Calls), err)
	}
}

// collecting is a command that writes a snapshot over a file that is there.
func collecting(t *testing.T, fake, endpoint string) (*exec.Cmd, string) {
	t.Helper()
	c := programWith(t, fakeEnvironment(fake), "collect", "aws", "--endpoint", endpoint, "--region", "eu-central-1", "-o", "snapshot.json")
	file := filepath.Join(c.Dir, "snapshot.json")
	if err := os.WriteFile(file, []byte(earlier), 0o600); err != nil {
		t.Fatal(err)
	}
	return c, file
}

// inFrontOf is a server that calls look for every request before the one at base answers it.
func inFrontOf(t *testing.T, base string, look func()) *httptest.Server {
	t.Helper()
	target, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite:      func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Host = r.In.Host },
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) {}, // the client is gone
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		look()
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

// isWriting says whether a temporary file stands in a directory.
func isWriting(t *testing.T, dir string) bool {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".tomscan-") {
			return true
		}
	}
	return false
}

// begin starts the program and tells when it is gone.
func begin(t *testing.T, c *exec.Cmd) chan error {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	died := make(chan error, 1)
	go func() { died <- c.Wait() }()
	return died
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
