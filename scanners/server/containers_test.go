package server

import (
	"io/fs"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// gapsOf runs a reader and returns the codes of its gaps, and the names of its facts.
func gapsOf(r reader, c *capture.Capture) (codes, names []string) {
	h := &host{Capture: c, place: evidence.Place{Host: c.Host}, found: map[evidence.Kind]int{}}
	r.read(h)
	for _, g := range h.gaps {
		codes = append(codes, g.Code)
	}
	for _, f := range h.facts {
		names = append(names, f.Address)
	}
	return codes, names
}

const dockerRuns = "1 0 900 systemd\n7 1 500 dockerd /usr/sbin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock\n"

func TestContainerHost(t *testing.T) {
	t.Parallel()
	const unit, socket = "/usr/lib/systemd/system/docker.service", "/usr/lib/systemd/system/docker.socket"
	packaged := func(more ...string) map[string]string {
		return with(map[string]string{unit: "[Service]\nEnvironmentFile=-/etc/default/docker\nExecStart=/usr/sbin/dockerd -H fd:// $DOCKER_OPTS\n", socket: "[Socket]\nListenStream=/run/docker.sock\n"}, more...)
	}
	dpkg := map[string]string{"dpkg": "docker.io 20.10.24 installed amd64\n"}
	live := map[string]string{"dpkg": dpkg["dpkg"], "ps": dockerRuns}
	settings := func(exposed string) map[string]string { return map[string]string{"api_exposed": exposed} }
	tests := map[string]struct {
		host *capture.Capture
		want map[string]string
	}{
		"as it is installed":                    {logHost(true, packaged(), live), settings("local")},
		"not started yet":                       {logHost(false, packaged(), dpkg), settings("local")},
		"no unit at all":                        {logHost(false, nil, dpkg), settings("local")},
		"not installed":                         {logHost(true, nil, map[string]string{"dpkg": "nano 1 installed amd64\n", "ps": "1 0 9 init\n"}), map[string]string{}},
		"open by the file":                      {logHost(true, packaged("/etc/docker/daemon.json", `{"hosts": ["tcp://0.0.0.0:2375"]}`), live), settings("open")},
		"certificates demanded":                 {logHost(true, packaged("/etc/docker/daemon.json", `{"hosts": ["tcp://0.0.0.0:2376"], "tlsverify": true, "userns-remap": "default"}`), live), settings("verified")},
		"certificates not demanded":             {logHost(true, packaged("/etc/docker/daemon.json", `{"hosts": ["tcp://0.0.0.0:2376"], "tls": true}`), live), settings("open")},
		"loopback":                              {logHost(true, packaged("/etc/docker/daemon.json", `{"hosts": ["tcp://127.0.0.1:2375"]}`), live), settings("local")},
		"open by the arguments":                 {logHost(true, packaged(), with(map[string]string{"dpkg": dpkg["dpkg"]}, "ps", "7 1 500 dockerd dockerd -H tcp://[::]:2375\n")), settings("open")},
		"open by the defaults file":             {logHost(false, packaged("/etc/default/docker", "DOCKER_OPTS=\"-H tcp://10.0.0.1:2375 --userns-remap=default\"\n"), dpkg), settings("open")},
		"open by a drop-in":                     {logHost(false, packaged("/etc/systemd/system/docker.service.d/a.conf", "[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H tcp://0.0.0.0\n"), dpkg), settings("open")},
		"open by the socket":                    {logHost(true, packaged("/etc/systemd/system/docker.socket.d/a.conf", "[Socket]\nListenStream=2375\n"), live), settings("open")},
		"the environment verifies":              {logHost(false, packaged("/etc/systemd/system/docker.service.d/a.conf", "[Service]\nEnvironment=DOCKER_TLS_VERIFY=1\n"), dpkg), settings("local")},
		"the environment verifies what is open": {logHost(true, packaged("/etc/systemd/system/docker.service.d/a.conf", "[Service]\nEnvironment=DOCKER_TLS_VERIFY=1\n", "/etc/docker/daemon.json", `{"hosts": ["tcp://0.0.0.0:2376"]}`), live), settings("verified")},
		"the file denies it":                    {logHost(true, packaged("/etc/default/docker", "DOCKER_TLS_VERIFY=1\n", "/etc/docker/daemon.json", `{"hosts": ["tcp://0.0.0.0:2376"], "tlsverify": false}`), live), settings("open")},
		"the file is wrong":                     {logHost(true, packaged("/etc/docker/daemon.json", `{"hosts": 1}`), live), settings("unresolved host_not_understood")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(settingsOf(containerHosts(), tt.host, "docker"), tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func TestWhatOfDockerCouldNotBeRead(t *testing.T) {
	t.Parallel()
	m := capture.NewMemory("/")
	m.Add("/etc/docker/daemon.json", capture.Info{Mode: 0o600}, nil, fs.ErrPermission)
	c := capture.Taken(capture.Capture{Live: true}, m, map[string]capture.Command{"ps": output(dockerRuns), "dpkg": output("docker-ce 1 installed amd64\n")})
	want := map[string]string{"api_exposed": "denied host_refused"}
	if diff := cmp.Diff(settingsOf(containerHosts(), c, "docker"), want); diff != "" {
		t.Errorf("a refused file (-got +want)\n%s", diff)
	}
	m = capture.MemoryOf(map[string]string{"/etc/docker/daemon.json": `{"hosts": ["tcp://0.0.0.0:2376"]}`, "/etc/systemd/system/docker.service": "[Service]\nEnvironmentFile=/etc/docker.env\n"})
	m.Add("/etc/docker.env", capture.Info{Mode: 0o600}, nil, fs.ErrPermission)
	c = capture.Taken(capture.Capture{}, m, map[string]capture.Command{"ps": output(dockerRuns)})
	if got := settingsOf(containerHosts(), c, "docker")["api_exposed"]; got != "denied host_refused" {
		t.Errorf("an environment that may demand certificates: got %s", got)
	}
	m = capture.NewMemory("/")
	m.Add("/etc/docker/daemon.json", capture.Info{Mode: 0o644, ModTime: time.Date(2026, 11, 21, 11, 59, 0, 0, time.UTC)}, []byte(`{"hosts": ["unix:///run/docker.sock"]}`), nil)
	c = capture.Taken(capture.Capture{Live: true}, m, map[string]capture.Command{"ps": output(dockerRuns)})
	if got := settingsOf(containerHosts(), c, "docker")["api_exposed"]; got != "unresolved stale" {
		t.Errorf("a file that is newer than the daemon: got %s", got)
	}
	codes, names := gapsOf(containerHosts(), capture.Taken(capture.Capture{}, capture.NewMemory(), nil))
	if diff := cmp.Diff(codes, []string{"host_not_collected"}); diff != "" || names != nil {
		t.Errorf("nothing collected (-got +want)\n%s%v", diff, names)
	}
}
