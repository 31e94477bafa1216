package packets

import (
	"encoding/binary"
	"errors"
	"net/netip"
	"syscall"
	"testing"
	"time"
)

// listenUDP opens the ports of the thread's namespace for datagrams.
func listenUDP(t *testing.T) []int {
	var all []int
	for _, port := range ports() {
		for _, host := range []string{guarded4, guarded6} {
			domain, address := socketAddress(netip.MustParseAddr(host), port)
			fd, err := syscall.Socket(domain, syscall.SOCK_DGRAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
			if err == nil {
				err = syscall.Bind(fd, address)
			}
			if err != nil {
				t.Error(err)
				return all
			}
			all = append(all, fd)
		}
	}
	return all
}

// send sends one datagram from all the addresses to all the ports, and notes which arrive. Each bears the place of its probe, for a
// translation may change where it was sent to.
func (l *lab) send(t *testing.T, probes []probe, wait time.Duration) {
	t.Helper()
	l.round++ // what comes too late for the last question is none of this one
	l.peer.do(func() {
		for i, p := range probes {
			if err := sendOne(p, l.round<<16|uint32(i)); err != nil && !errors.Is(err, syscall.ECONNREFUSED) && !errors.Is(err, syscall.EPERM) {
				t.Error(err)
			}
		}
	})
	l.host.do(func() {
		for end := time.Now().Add(wait); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
			l.receive(probes)
		}
	})
}

// sendOne sends the datagram of one probe.
func sendOne(p probe, mark uint32) error {
	domain, from := socketAddress(p.from, 0)
	target := guarded6
	if p.from.Is4() {
		target = guarded4
	}
	_, to := socketAddress(netip.MustParseAddr(target), p.port)
	fd, err := syscall.Socket(domain, syscall.SOCK_DGRAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	err = syscall.Bind(fd, from)
	if err == nil {
		err = syscall.Sendto(fd, binary.BigEndian.AppendUint32(nil, mark), 0, to)
	}
	return errors.Join(err, syscall.Close(fd))
}

// receive takes what has arrived.
func (l *lab) receive(probes []probe) {
	text := make([]byte, 8)
	for _, fd := range l.datagrams {
		for {
			n, _, err := syscall.Recvfrom(fd, text, 0)
			if err != nil {
				break
			}
			if mark := binary.BigEndian.Uint32(text); n == 4 && mark>>16 == l.round {
				probes[mark&0xFFFF].through = true
			}
		}
	}
}

func socketAddress(a netip.Addr, port int) (int, syscall.Sockaddr) {
	if a.Is4() {
		return syscall.AF_INET, &syscall.SockaddrInet4{Addr: a.As4(), Port: port}
	}
	return syscall.AF_INET6, &syscall.SockaddrInet6{Addr: a.As16(), Port: port}
}
