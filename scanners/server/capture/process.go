package capture

import (
	"bufio"
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Process is a process of a running host.
type Process struct {
	PID, PPID int
	Name      string // the kernel's short name of it
	Args      string // its command line, secrets replaced
	Since     time.Time
}

// Processes lists the processes of the host itself, sorted by id, without those in containers. ErrNotCollected says that nobody looked.
func (c *Capture) Processes() ([]Process, error) {
	out, err := c.Output("ps")
	if err != nil {
		return nil, err
	}
	var all []Process
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if p, ok := c.process(lines.Text()); ok {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b Process) int { return a.PID - b.PID })
	return uncontained(all), lines.Err()
}

// containerRuntimes are the programs whose children are the processes of containers, by the kernel's short names.
// https://github.com/containerd/containerd/blob/main/core/runtime/v2/README.md https://github.com/containers/conmon
func containerRuntimes() []string {
	return []string{"conmon", "containerd-shim", "docker-containe", "lxc-start", "systemd-nspawn"}
}

// uncontained leaves out what runs below a container runtime: those daemons read other files than the host's.
func uncontained(all []Process) []Process {
	runtimes, byID := containerRuntimes(), map[int]Process{}
	for _, p := range all {
		byID[p.PID] = p
	}
	contained := map[int]bool{0: false}
	var inside func(id int) bool
	inside = func(id int) bool {
		if known, ok := contained[id]; ok {
			return known
		}
		contained[id] = false // whatever is its own parent
		parent := byID[byID[id].PPID]
		contained[id] = slices.Contains(runtimes, parent.Name) || inside(parent.PID)
		return contained[id]
	}
	return slices.DeleteFunc(all, func(p Process) bool { return inside(p.PID) })
}

// process reads a line of `ps -eo pid=,ppid=,etimes=,comm=,args=`.
func (c *Capture) process(line string) (Process, bool) {
	f := strings.Fields(line)
	if len(f) < 4 {
		return Process{}, false
	}
	pid, err1 := strconv.Atoi(f[0])
	ppid, err2 := strconv.Atoi(f[1])
	seconds, err3 := strconv.Atoi(f[2])
	if err1 != nil || err2 != nil || err3 != nil {
		return Process{}, false
	}
	return Process{PID: pid, PPID: ppid, Name: f[3], Args: strings.Join(f[4:], " "), Since: c.At.Add(-time.Duration(seconds) * time.Second)}, true
}
