// Package docker reads what the Docker daemon listens on: out of daemon.json, the arguments of dockerd, and the socket that the service
// manager hands to it.
//
// https://docs.docker.com/reference/cli/dockerd/
package docker

import (
	"encoding/json"
	"errors"
	"net/netip"
	"strconv"
	"strings"
)

// MainFile is the configuration of the daemon, unless an argument names another.
const MainFile = "/etc/docker/daemon.json"

// Config is what a file or arguments set. The zero Config is the daemon's default: a local socket.
type Config struct {
	Hosts     []string // addresses that it listens on, such as tcp://0.0.0.0:2375
	TLSVerify *bool    // clients must show certificates; nil where nothing sets it
	File      string   // --config-file
}

// ErrRefused says that the daemon would not start with this.
var ErrRefused = errors.New("not a configuration of the Docker daemon")

// Parse reads daemon.json.
func Parse(data []byte) (Config, error) {
	if strings.TrimSpace(string(data)) == "" {
		return Config{}, nil
	}
	var file struct {
		Hosts     []string `json:"hosts"`
		TLSVerify *bool    `json:"tlsverify"`
	}
	if json.Unmarshal(data, &file) != nil {
		return Config{}, ErrRefused // the decoder's own words may repeat the file
	}
	return Config{Hosts: file.Hosts, TLSVerify: file.TLSVerify}, nil
}

// Line is the first line of daemon.json that has a key, or 0.
func Line(data []byte, key string) int {
	at := strings.Index(string(data), strconv.Quote(key))
	if at < 0 {
		return 0
	}
	return 1 + strings.Count(string(data[:at]), "\n")
}

// Arguments reads the arguments of dockerd, without its own name.
func Arguments(args []string) Config {
	var c Config
	for n := 0; n < len(args); n++ {
		name, value, joined := strings.Cut(args[n], "=")
		if short, ok := strings.CutPrefix(args[n], "-H"); ok && short != "" {
			name, value, joined = "-H", strings.TrimPrefix(short, "="), true
		}
		next := func() string {
			if !joined && n+1 < len(args) {
				n++
				value = args[n]
			}
			return strings.Trim(value, `"'`)
		}
		switch name {
		case "-H", "--host":
			c.Hosts = append(c.Hosts, next())
		case "--tlsverify":
			on := !joined || isTrue(value)
			c.TLSVerify = &on
		case "--config-file":
			c.File = next()
		}
	}
	return c
}

// isTrue reads a truth as the daemon's arguments are read. https://pkg.go.dev/strconv#ParseBool
func isTrue(text string) bool {
	on, err := strconv.ParseBool(text)
	return err == nil && on
}

// Over is the configuration of a file with the arguments over it. What may not stand in both the daemon refuses; here the addresses add up.
func (c Config) Over(file Config) Config {
	file.Hosts = append(append([]string{}, file.Hosts...), c.Hosts...)
	if c.TLSVerify != nil {
		file.TLSVerify = c.TLSVerify
	}
	return file
}

// Network returns the first address that others than the host itself can reach, or empty. The listens are those of the socket that
// systemd hands over, which count where fd:// is among the hosts: https://www.freedesktop.org/software/systemd/man/latest/systemd.socket.html#ListenStream=
func (c Config) Network(listens []string) string {
	for _, host := range c.Hosts {
		scheme, rest, ok := strings.Cut(host, "://")
		if !ok {
			scheme, rest = "tcp", host // https://github.com/moby/moby/blob/master/opts/hosts.go
		}
		switch {
		case scheme == "tcp" && !loopback(rest):
			return host
		case scheme == "fd":
			for _, l := range listens {
				if !strings.HasPrefix(l, "/") && !strings.HasPrefix(l, "@") && !strings.HasPrefix(l, "vsock:") && !loopbackSocket(l) {
					return l
				}
			}
		}
	}
	return ""
}

// loopback says whether an address of -H is the host's own: one without a host is localhost.
func loopback(address string) bool {
	address, _, _ = strings.Cut(address, "/")
	host := address
	if at := strings.LastIndexByte(address, ':'); at >= 0 && !strings.HasSuffix(address, "]") {
		host = address[:at]
	}
	return host == "" || own(host)
}

// loopbackSocket says the same of an address of a socket unit: one without a host is every address.
func loopbackSocket(listen string) bool {
	at := strings.LastIndexByte(listen, ':')
	return at >= 0 && own(listen[:at])
}

func own(host string) bool {
	a, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && a.Unmap().IsLoopback()
}

// Verifies says whether clients must show certificates. The default is no.
func (c Config) Verifies() bool { return c.TLSVerify != nil && *c.TLSVerify }
