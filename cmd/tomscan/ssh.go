package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/tomscan/tomscan/scanners/server"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

const sshScheme = "ssh://"

// sshAtOnce is how many captures run through SSH at the same time: they wait for the other side most of the time.
const sshAtOnce = 8

// destination is a server that the ssh client knows by host, which may be an alias of its configuration.
type destination struct{ user, host, port string }

// word is what a host and a user may be written with: nothing that the ssh client takes for an option or a command.
var word = regexp.MustCompile(`^[A-Za-z0-9_\[][A-Za-z0-9._:%\[\]-]*$`)

// isHost says whether the ssh client may be told a host: a word, which has colons only where it is an address.
func isHost(text string) bool {
	if strings.ContainsAny(text, "[:]") {
		a, err := netip.ParseAddr(text)
		return err == nil && (a.Zone() == "" || word.MatchString(a.Zone()))
	}
	return word.MatchString(text)
}

// parseDestination reads ssh://[USER@]HOST[:PORT], or the same without the scheme.
func parseDestination(text string) (destination, error) {
	if !strings.HasPrefix(text, sshScheme) {
		text = sshScheme + text
	}
	u, err := url.Parse(text)
	if err != nil || !isHost(u.Hostname()) || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" {
		return destination{}, usageError(quote(text[strings.LastIndex(text, "@")+1:])+" is no host", "it looks like ssh://audit@db1.example.com:2222")
	}
	d := destination{host: u.Hostname(), port: u.Port()}
	if u.User == nil {
		return d, nil
	}
	if _, secret := u.User.Password(); secret || !word.MatchString(u.User.Username()) {
		return destination{}, usageError("the user of "+quote(u.Hostname())+" is not understood", "write ssh://USER@HOST; the ssh client asks its agent and keys, never a password")
	}
	d.user = u.User.Username()
	return d, nil
}

// name is the host's name in facts.
func (d destination) name() string { return d.host }

// String is the destination as a URL.
func (d destination) String() string {
	u := url.URL{Scheme: "ssh", Host: d.host}
	if strings.Contains(d.host, ":") {
		u.Host = "[" + d.host + "]"
	}
	if d.port != "" {
		u.Host += ":" + d.port
	}
	if d.user != "" {
		u.User = url.User(d.user)
	}
	return u.String()
}

// asSuperuser runs the script with sudo where that is allowed without a password, and without it elsewhere.
const asSuperuser = `if sudo -n true 2>/dev/null; then exec sudo -n sh -s; else exec sh -s; fi`

// command is the ssh client's call, which reads the script from its standard input. The client asks nobody anything, and connects to
// no host whose key it does not know. See https://man.openbsd.org/ssh_config.
func (d destination) command(h *hostFlags) []string {
	line := []string{"ssh", "-T", "-C", "-a", "-x", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=10",
		"-o", "ClearAllForwardings=yes", "-o", "PermitLocalCommand=no"}
	if h.sshConfig != "" {
		line = append(line, "-F", h.sshConfig)
	}
	if d.port != "" {
		line = append(line, "-p", d.port)
	}
	if d.user != "" {
		line = append(line, "-l", d.user)
	}
	remote := "exec sh -s"
	if h.sudo {
		remote = asSuperuser
	}
	return append(line, "--", d.host, remote)
}

// localCommand runs the script on this machine.
func localCommand(sudo bool) []string {
	if sudo {
		return []string{"sh", "-c", asSuperuser}
	}
	return []string{"sh", "-s"}
}

// target is a server that a command captures.
func (h *hostFlags) target(p *program, name, origin string, command []string) server.Target {
	return server.Target{Name: name, Origin: origin, Bundle: func(ctx context.Context) (io.ReadCloser, error) {
		p.detail("capture " + origin)
		c, err := startCapture(ctx, command, h)
		if err != nil || h.keep == "" {
			return c, err
		}
		return keeping(c, filepath.Join(h.keep, cmp.Or(name, "localhost")+".tar"))
	}}
}

// stragglersWait is how long what a command left behind may hold its output open: a connection that ssh shares (ControlPersist) does so.
const stragglersWait = 2 * time.Second

// running is the bundle that a command writes.
type running struct {
	io.Reader
	command *exec.Cmd
	errors  *bounded
	stop    context.CancelFunc
	ctx     context.Context
}

// startCapture starts a command that reads the script and writes a bundle.
func startCapture(ctx context.Context, line []string, h *hostFlags) (io.ReadCloser, error) {
	ctx, stop := context.WithTimeout(ctx, h.timeout)
	c := exec.CommandContext(ctx, line[0], line[1:]...)
	c.Stdin = bytes.NewReader(capture.Script())
	said := &bounded{limit: 2 << 10}
	c.Stderr = said
	c.WaitDelay = stragglersWait
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		stop()
		return nil, fmt.Errorf("start %s: %w", line[0], err)
	}
	return &running{out, c, said, stop, ctx}, nil
}

// Close waits for the command. What it said on standard error is the error when it failed.
func (r *running) Close() error {
	defer r.stop()
	err := r.command.Wait()
	if errors.Is(err, exec.ErrWaitDelay) { // it ended well, and left something behind
		err = nil
	}
	switch {
	case errors.Is(r.ctx.Err(), context.DeadlineExceeded):
		return errors.New("the capture took too long; --timeout gives it more time")
	case r.ctx.Err() != nil:
		return errors.New("interrupted")
	case err != nil:
		return fmt.Errorf("%s: %s", r.command.Args[0], cmp.Or(lastLine(r.errors.text.String()), err.Error()))
	}
	return nil
}

// lastLine is the last line of a text that says something.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return oneLine(lines[len(lines)-1])
}

// bounded keeps the beginning of what is written to it.
type bounded struct {
	limit int
	text  bytes.Buffer
}

// Write keeps what fits and drops the rest.
func (b *bounded) Write(data []byte) (int, error) {
	b.text.Write(data[:min(len(data), b.limit-b.text.Len())])
	return len(data), nil
}

// kept is a bundle that is written to a file while it is read.
type kept struct {
	io.Reader
	source io.Closer
	file   *os.File
	name   string
}

// keeping writes what is read from r to a file of this name, which is there when all was read and the capture ended well.
func keeping(r io.ReadCloser, name string) (io.ReadCloser, error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".tomscan-*")
	if err != nil {
		_ = r.Close()
		return nil, fmt.Errorf("keep %s: %w", name, rootCause(err))
	}
	return &kept{io.TeeReader(r, f), r, f, name}, nil
}

// restLimit is what may follow the end of a bundle: the padding of an archive.
const restLimit = 1 << 20

// Close puts the file in its place, or removes it where the capture failed.
func (k *kept) Close() error {
	n, err := io.CopyN(io.Discard, k.Reader, restLimit)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	if n == restLimit {
		err = errors.New("the bundle is not kept: it was not read to its end")
	}
	err = errors.Join(err, k.source.Close(), k.file.Close())
	if err == nil {
		return os.Rename(k.file.Name(), k.name)
	}
	_ = os.Remove(k.file.Name())
	return err
}
