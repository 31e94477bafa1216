// Package apt reads the configuration of APT, what unattended-upgrades installs by itself, and what an update would install.
//
// https://manpages.debian.org/bookworm/apt/apt.conf.5.en.html
package apt
