#!/bin/sh
# Makes a stock Debian 12 server, boots it in namespaces of its own, captures it and writes the bundle to standard output.
# As root, with debootstrap: sh make.sh DIR CAPTURE-SCRIPT >web1.tar
set -eu
root=$1 script=$2
debootstrap --variant=minbase --include=openssh-server,apache2,exim4-daemon-light,mariadb-server,nftables,logrotate,unattended-upgrades,cron,systemd,systemd-sysv,dbus,procps,iproute2 \
	bookworm "$root" >&2
echo web1 >"$root/etc/hostname"
tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id" # else the first boot enables what the packages do not
# The sources that Debian's installer writes.
cat >"$root/etc/apt/sources.list" <<'LIST'
deb http://deb.debian.org/debian/ bookworm main non-free-firmware
deb http://security.debian.org/debian-security bookworm-security main non-free-firmware
deb http://deb.debian.org/debian/ bookworm-updates main non-free-firmware
LIST
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # nothing starts before the boot
chmod 755 "$root/usr/sbin/policy-rc.d"
cp /etc/resolv.conf "$root/etc/resolv.conf"
chroot "$root" apt-get update >&2
chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get -y dist-upgrade >&2
rm "$root/usr/sbin/policy-rc.d"

boot='
set -e
hostname web1
ip link set lo up
ip link add eth0 type dummy 2>/dev/null || { ip link add eth0 type veth peer name outside; ip link set outside up; }
ip addr add 192.0.2.10/24 dev eth0
ip -6 addr add 2001:db8::10/64 dev eth0 nodad
ip link set eth0 up
mount --bind "$0" "$0"
cd "$0"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=755 tmpfs dev
mount -t tmpfs tmpfs tmp
for device in null zero full random urandom tty; do : >"dev/$device"; mount --bind "/dev/$device" "dev/$device"; done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
exec chroot . env -i container=lxc PATH=/usr/sbin:/usr/bin:/sbin:/bin /sbin/init --log-target=console --show-status=0'
unshare -m --propagation private -p -f -u -n -C -i sh -c "$boot" "$root" >&2 &
above=$!
sleep 15
init=$(ps -o pid= --ppid "$above" | tr -d ' ')
within() { nsenter -t "$init" -m -p -u -n -i -C chroot "$root" "$@"; }
within systemctl is-system-running --wait >&2 || true
within sh -s -- -s "$(sha256sum <"$script" | cut -c1-64)" <"$script"
kill -9 "$init"
