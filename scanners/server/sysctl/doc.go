// Package sysctl computes what the kernel's parameters are set to when a host starts: the files of sysctl.d(5) as systemd-sysctl(8)
// merges and applies them. Hosts that start without systemd read other files, and read them differently; they are not understood here.
//
// https://www.freedesktop.org/software/systemd/man/latest/sysctl.d.html
package sysctl
