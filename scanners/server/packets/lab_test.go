package packets

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tomscan/tomscan/scanners/server/against"
)

// space is a network namespace of its own, in which functions run.
type space struct {
	work chan func()
	pid  int
}

// newSpace makes a namespace that ends with the test.
func newSpace(t *testing.T) *space {
	t.Helper()
	s := &space{work: make(chan func())}
	ready := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlock: the thread ends with the namespace
		err := syscall.Unshare(syscall.CLONE_NEWNET)
		s.pid = syscall.Gettid()
		ready <- err
		for f := range s.work {
			f()
		}
	}()
	if err := <-ready; err != nil {
		t.Skipf("no network namespaces: %v: no packet was sent", err)
	}
	t.Cleanup(func() { close(s.work) })
	return s
}

// do runs a function inside.
func (s *space) do(f func()) {
	done := make(chan struct{})
	s.work <- func() { defer close(done); f() }
	<-done
}

// run runs a command inside, with an input.
func (s *space) run(t *testing.T, input string, command ...string) (string, error) {
	t.Helper()
	var out []byte
	var err error
	s.do(func() {
		c := exec.CommandContext(t.Context(), command[0], command[1:]...)
		c.Stdin = strings.NewReader(input)
		c.Env = append(os.Environ(), "PATH=/usr/sbin:/usr/bin:/sbin:/bin")
		var complaint strings.Builder
		c.Stderr = &complaint
		out, err = c.Output()
		if err != nil {
			err = fmt.Errorf("%v: %w: %s", command, err, complaint.String())
		}
	})
	return string(out), err
}

// must is run that has to succeed.
func (s *space) must(t *testing.T, command string) string {
	t.Helper()
	out, err := s.run(t, "", "sh", "-c", command)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The addresses of the wire: of the guarded side, and those that packets come from.
const (
	guarded4, guarded6 = "10.9.0.1", "fd00:9::1"
)

func clients() []netip.Addr {
	var all []netip.Addr
	for _, a := range []string{"10.9.0.2", "10.1.0.5", "10.1.0.77", "10.1.200.1", "10.2.0.1", "10.200.3.4", "fd00:9::2", "fd00:1::5", "fd00:1::77", "fd00:1:ffff::1", "fd00:2::1"} {
		all = append(all, netip.MustParseAddr(a))
	}
	return all
}

func ports() []int { return []int{22, 80, 443, 3306, 8080} }

// lab is a guarded host and a peer that are joined by a wire.
type lab struct {
	host, peer *space
	network    Network
	listeners  []int
	datagrams  []int
	round      uint32
}

func newLab(t *testing.T) *lab {
	t.Helper()
	against.Superuser(t)
	for _, program := range []string{"ip", "nft", "iptables"} {
		against.Daemon(t, program)
	}
	l := &lab{host: newSpace(t), peer: newSpace(t)}
	l.host.must(t, "ip link set lo up && ip link add wire0 type veth peer name wire1 netns "+strconv.Itoa(l.peer.pid)+
		" && ip addr add "+guarded4+"/24 dev wire0 && ip addr add "+guarded6+"/64 dev wire0 nodad && ip link set wire0 up")
	l.peer.must(t, "ip link set lo up; ip link set wire1 up")
	for _, a := range clients() {
		bits := map[bool]string{true: "/24", false: "/64"}[a.Is4()]
		l.peer.must(t, "ip addr add "+a.String()+bits+" dev wire1 nodad 2>/dev/null || ip addr add "+a.String()+bits+" dev wire1")
	}
	l.host.must(t, "ip route add default dev wire0; ip -6 route add default dev wire0; sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.wire0.rp_filter=0 || true")
	l.network = readNetwork(t, l.host)
	l.host.do(func() { l.listeners, l.datagrams = listen(t), listenUDP(t) })
	return l
}

// readNetwork reads the devices and routes of a space.
func readNetwork(t *testing.T, s *space) Network {
	t.Helper()
	n := Network{Routed: true, Routing: map[Family]Routing{}}
	var err error
	if n.Devices, err = ReadDevices([]byte(s.must(t, "ip -j addr"))); err != nil {
		t.Fatal(err)
	}
	for f, command := range map[Family]string{IPv4: "ip -4 -j route", IPv6: "ip -6 -j route"} {
		routes, err := ReadRoutes([]byte(s.must(t, command)), f)
		if err != nil {
			t.Fatal(err)
		}
		n.Routes = append(n.Routes, routes...)
		policies, err1 := ReadPolicies([]byte(s.must(t, strings.Replace(command, "route", "rule", 1))))
		all, err2 := ReadRoutes([]byte(s.must(t, command+" show table all")), f)
		if n.Routing[f] = (Routing{policies, all}); err1 != nil || err2 != nil || !n.plain(f) {
			t.Fatal(err1, err2, n.Routing[f])
		}
	}
	return n
}

// listen opens the ports of the thread's namespace.
func listen(t *testing.T) []int {
	var all []int
	for _, port := range ports() {
		for _, domain := range []int{syscall.AF_INET, syscall.AF_INET6} {
			fd, err := syscall.Socket(domain, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
			if err != nil {
				t.Error(err)
				return all
			}
			var address syscall.Sockaddr = &syscall.SockaddrInet4{Port: port}
			if domain == syscall.AF_INET6 {
				_ = syscall.SetsockoptInt(fd, syscall.IPPROTO_IPV6, syscall.IPV6_V6ONLY, 1)
				address = &syscall.SockaddrInet6{Port: port}
			}
			if err := errors.Join(syscall.Bind(fd, address), syscall.Listen(fd, 1024)); err != nil {
				t.Error(err)
			}
			all = append(all, fd)
		}
	}
	return all
}

// probe is one connection that is tried.
type probe struct {
	from    netip.Addr
	port    int
	udp     bool // a datagram, and not a connection
	through bool
}

// try opens connections from all the addresses to all the ports, and waits for their answers.
func (l *lab) try(t *testing.T, probes []probe, wait time.Duration) {
	t.Helper()
	l.peer.do(func() {
		poll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
		if err != nil {
			t.Error(err)
			return
		}
		open := map[int32]int{}
		for i, p := range probes {
			fd, err := dial(p)
			if err != nil {
				continue
			}
			open[int32(fd)] = i
			_ = syscall.EpollCtl(poll, syscall.EPOLL_CTL_ADD, fd, &syscall.EpollEvent{Events: syscall.EPOLLOUT, Fd: int32(fd)})
		}
		events := make([]syscall.EpollEvent, len(probes))
		for end := time.Now().Add(wait); len(open) > 0; {
			n, err := syscall.EpollWait(poll, events, int(time.Until(end).Milliseconds()))
			if n <= 0 && !errors.Is(err, syscall.EINTR) {
				break
			}
			for _, e := range events[:max(n, 0)] {
				_, err := syscall.Getpeername(int(e.Fd))
				probes[open[e.Fd]].through = err == nil
				_ = syscall.SetsockoptLinger(int(e.Fd), syscall.SOL_SOCKET, syscall.SO_LINGER, &syscall.Linger{Onoff: 1})
				_ = syscall.Close(int(e.Fd))
				delete(open, e.Fd)
			}
		}
		for fd := range open {
			_ = syscall.Close(int(fd))
		}
		_ = syscall.Close(poll)
	})
	l.host.do(l.hangUp)
}

// hangUp closes what has arrived.
func (l *lab) hangUp() {
	for _, listener := range l.listeners {
		for {
			fd, _, err := syscall.Accept(listener)
			if err != nil {
				break
			}
			_ = syscall.Close(fd)
		}
	}
}

// dial begins a connection.
func dial(p probe) (int, error) {
	domain := syscall.AF_INET
	var from, to syscall.Sockaddr
	if p.from.Is4() {
		from, to = &syscall.SockaddrInet4{Addr: p.from.As4()}, &syscall.SockaddrInet4{Addr: netip.MustParseAddr(guarded4).As4(), Port: p.port}
	} else {
		domain = syscall.AF_INET6
		from, to = &syscall.SockaddrInet6{Addr: p.from.As16()}, &syscall.SockaddrInet6{Addr: netip.MustParseAddr(guarded6).As16(), Port: p.port}
	}
	fd, err := syscall.Socket(domain, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, err
	}
	if err := syscall.Bind(fd, from); err != nil {
		return 0, errors.Join(err, syscall.Close(fd))
	}
	if err := syscall.Connect(fd, to); err != nil && !errors.Is(err, syscall.EINPROGRESS) {
		return 0, errors.Join(err, syscall.Close(fd))
	}
	return fd, nil
}
