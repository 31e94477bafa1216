package server

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/docker"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// containerHosts reads who reaches the Docker daemon. Podman has no daemon.
func containerHosts() reader {
	return reader{name: "containers", kinds: []evidence.Kind{"container_host"}, read: readContainers}
}

// dockerDefaults documents that the daemon listens on a local socket alone unless it is told to.
const dockerDefaults = "https://docs.docker.com/reference/cli/dockerd/"

func readContainers(h *host) {
	_, err := h.Stat(docker.MainFile)
	packages := []string{"docker", "docker-ce", "docker-engine", "docker.io", "moby-engine"}
	if err != nil && !h.has(packages, []string{"dockerd"}) {
		if _, unlisted := h.software(); unlisted != nil {
			h.hide(why("dpkg-query -W", unlisted), "container_host")
		}
		return
	}
	d := h.docker()
	t := thing{name: "docker", files: append(d.files, d.started.files...), daemons: []string{"dockerd"}}
	h.add(t, evidence.ContainerHost{APIExposed: d.exposed()})
}

// dockerDaemon is what is known of the daemon of a host.
type dockerDaemon struct {
	*host
	docker.Config
	started dockerStart
	files   []string // its own, where there is one
	text    []byte
	file    string
	err     error // why its file is not known
}

// dockerStart is how the daemon is started.
type dockerStart struct {
	args     []string
	verifies *bool // by DOCKER_TLS_VERIFY in its environment, where nothing else says so
	at       evidence.Position
	listens  []string // of the socket that is handed to it
	files    []string
	what     string
	err      error // why that is not known

	environmentErr error
}

func (h *host) docker() dockerDaemon {
	d := dockerDaemon{host: h, started: h.dockerStart(), file: docker.MainFile}
	arguments := docker.Arguments(d.started.args)
	if arguments.File != "" {
		d.file = arguments.File
	}
	var config docker.Config
	d.text, d.err = h.Read(d.file)
	switch {
	case errors.Is(d.err, fs.ErrNotExist):
		d.err = nil
	case d.err == nil:
		d.files = []string{d.file}
		config, d.err = docker.Parse(d.text)
	}
	d.Config = arguments.Over(config)
	if d.TLSVerify == nil {
		d.TLSVerify = d.started.verifies
	}
	return d
}

// dockerStart reads the arguments of the process, or else those of its unit, and the socket that the unit gets.
func (h *host) dockerStart() dockerStart {
	units := systemd.Of(h.Capture)
	s := dockerStart{what: "docker.service"}
	all, _ := h.Processes()
	runs := slices.IndexFunc(all, func(p capture.Process) bool { return p.Name == "dockerd" && p.Args != "" })
	if socket, err := units.Unit("docker.socket"); err == nil {
		s.files = append(s.files, socket.Files...)
		for _, e := range socket.List("Socket", "ListenStream") {
			s.listens = append(s.listens, e.Value)
		}
	}
	service, err := units.Unit("docker.service")
	if err == nil {
		start, _ := service.Last("Service", "ExecStart")
		s.files, s.at = append(s.files, service.Files...), h.line(start.File, start.Line, start.Value)
		s.args, s.err = h.unitArguments(service)
		s.verifies, s.environmentErr = h.dockerVerifies(service)
	} else if !errors.Is(err, fs.ErrNotExist) {
		s.err = err
	}
	if runs >= 0 {
		s.args, s.at, s.err = strings.Fields(all[runs].Args)[1:], h.said("ps"), nil
	}
	return s
}

// dockerVerifies says whether the environment of the unit turns on --tlsverify: any text does.
// https://docs.docker.com/reference/cli/dockerd/#environment-variables
func (h *host) dockerVerifies(unit systemd.Unit) (*bool, error) {
	environment, err := h.unitEnvironment(unit)
	if err != nil || environment["DOCKER_TLS_VERIFY"] == "" {
		return nil, err
	}
	verifies := true
	return &verifies, nil
}

// unknown is why the configuration is not known, if it is not.
func (d dockerDaemon) unknown() (string, error) {
	if d.started.err != nil {
		return d.started.what, d.started.err
	}
	return d.file, d.err
}

// exposed says who reaches the daemon, which is who is root on the host. https://docs.docker.com/engine/security/protect-access/
func (d dockerDaemon) exposed() evidence.Value[string] {
	if what, err := d.unknown(); err != nil {
		return untold[string](what, err)
	}
	address := d.Network(d.started.listens)
	at := d.position("hosts")
	switch {
	case address == "" && len(d.Hosts) == 0:
		return evidence.Default("local", dockerDefaults)
	case address == "":
		return evidence.Known("local").At(at)
	case d.TLSVerify == nil && d.started.environmentErr != nil:
		return untold[string](d.started.what, d.started.environmentErr)
	case d.Verifies():
		return evidence.Known("verified").At(at, d.position("tlsverify"))
	}
	return evidence.Known("open").At(at)
}

// position is where a key of the file stands, or else the arguments.
func (d dockerDaemon) position(key string) evidence.Position {
	if line := docker.Line(d.text, key); line > 0 {
		return d.line(d.file, line, "")
	}
	return d.started.at
}
