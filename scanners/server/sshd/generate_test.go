package sshd_test

import (
	"fmt"
	"strings"
)

// files makes a configuration of one to five files.
func (g generator) files() map[string]string {
	files := map[string]string{}
	names := []string{g.dir + "/d/10.conf", g.dir + "/d/20-b.conf", g.dir + "/d/x", g.dir + "/other"}
	for _, name := range names[:g.IntN(5)] {
		files[name] = g.file(2, g.IntN(6), g.IntN(4) == 0)
	}
	files[g.dir+"/main"] = "HostKey " + g.key + "\n" + g.file(4, 2+g.IntN(12), true)
	return files
}

func (g generator) file(matches, lines int, includes bool) string {
	var b strings.Builder
	inMatch := false
	for range lines {
		switch n := g.IntN(20); {
		case n < 3 && includes:
			fmt.Fprintf(&b, "%s %s\n", g.pick("Include", "include"), g.pick(g.dir+"/d/*.conf", g.dir+"/d/*", g.dir+"/other", g.dir+"/d/[!1]*", g.dir+"/nothing", g.dir+"/d/1?.conf "+g.dir+"/other"))
		case n < 6 && matches > 0:
			matches--
			inMatch = true
			b.WriteString(g.match() + "\n")
		case n == 6:
			b.WriteString(g.pick("", "# comment", "  ", "\t# x") + "\n")
		default:
			b.WriteString(g.directive(inMatch) + "\n")
		}
	}
	return b.String()
}

func (g generator) match() string {
	if g.IntN(8) == 0 {
		return g.pick("Match all", "match All # x", "Match  ALL")
	}
	var all []string
	for range 1 + g.IntN(3) {
		all = append(all, g.pick(
			"User "+g.pick("root", "nobody,daemon", "!root,*", "www-*", "*", "g?mes", `"root,nobody"`, "nosuch", "r**t"),
			"Group "+g.pick("root", "nogroup,games", "!root,*", "www-data", "d*"),
			"Host "+g.pick("*.example.com", "!a.*,*", "B.EXAMPLE.ORG", "10.*"),
			"Address "+g.pick("10.0.0.0/8", "!10.1.0.0/16,10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "10.*", "127.0.0.1,::1", "*,!10.1.2.3", "10.1.2.0/8"),
			"LocalAddress "+g.pick("10.0.0.1", "::1", "192.0.2.0/24"),
			"LocalPort "+g.pick("22", "2222", "ssh"),
		))
	}
	line := g.pick("Match ", "match ", "MATCH\t", "Match=") + strings.Join(all, g.pick(" ", "  ", "\t"))
	if g.IntN(6) == 0 {
		line += " # User x"
	}
	if g.IntN(150) == 0 {
		line = g.pick("Match", "Match User", "Match exec true", "Match all User root", "Match User root all", "Match foo bar", "Match User=root", "Match invalid-user")
	}
	return line
}

func (g generator) directive(inMatch bool) string {
	keyword, value := g.setting(inMatch)
	if value == "" {
		return keyword
	}
	switch g.IntN(14) {
	case 0:
		keyword = strings.ToUpper(keyword)
	case 1:
		return keyword + "=" + value
	case 2:
		return keyword + " = " + value
	case 3:
		return "  " + keyword + "\t " + value + "  "
	case 4:
		return keyword + " " + value + " # rest"
	case 5:
		if !strings.ContainsAny(value, " \"") {
			return keyword + ` "` + value + `"`
		}
	case 6:
		if !strings.ContainsAny(value, " '\"") {
			return keyword + " '" + value + "'"
		}
	}
	return keyword + " " + value
}

// setting makes a keyword and its value; one in four hundred is wrong.
func (g generator) setting(inMatch bool) (keyword, value string) {
	if g.IntN(400) == 0 {
		return g.pick("Bogus", "MaxAuthTries", "Ciphers", "UsePAM", "RDomain", "AllowUsers", "LoginGraceTime", "PermitRootLogin"), g.pick("maybe", "'x", "x@1.2.3.4/8", "-5", "a b")
	}
	if !inMatch && g.IntN(2) == 0 {
		return g.global()
	}
	flags := g.pick("yes", "no", "YES", "No")
	switch g.IntN(12) {
	case 0:
		return g.pick("AllowUsers", "DenyUsers"), g.pick("root", "root@10.0.0.0/8 nobody", "a* !b", "x@*.example.com")
	case 1:
		return g.pick("AllowGroups", "DenyGroups", "AcceptEnv"), g.pick("root", "a b", "LC_*")
	case 2:
		return g.pick("PubkeyAcceptedAlgorithms", "HostbasedAcceptedAlgorithms", "CASignatureAlgorithms", "PubkeyAcceptedKeyTypes"),
			g.pick("+ssh-rsa", "-ecdsa*", "^rsa-sha2-512", "ssh-ed25519,rsa-sha2-*", "*", "-*", "sk-*", "ssh-ed25519", "+ssh-rsa,ssh-dss", "!ssh-rsa", "^ssh-rsa*,nosuch")
	case 3:
		return g.pick("PermitRootLogin"), g.pick("yes", "no", "prohibit-password", "without-password", "forced-commands-only", "Yes")
	case 4:
		return "AuthenticationMethods", g.pick("publickey", "publickey,password publickey,keyboard-interactive:pam", "password", "publickey,publickey", "hostbased,publickey")
	case 5:
		return g.pick("MaxAuthTries", "MaxSessions", "X11DisplayOffset", "ClientAliveCountMax", "RequiredRSASize"), g.pick("1", "3", "010", "2048")
	case 6:
		return g.pick("AuthorizedKeysFile", "Banner", "ChrootDirectory", "RevokedKeys", "TrustedUserCAKeys", "AuthorizedPrincipalsFile"), g.pick("none", "/etc/x", "~/x", "rel/y", "/x/%u", "NONE")
	case 7:
		return g.pick("SetEnv A=1 B=2", "SetEnv A=3", "PermitOpen any", "PermitOpen none", "PermitOpen a:22 [::1]:80", "PermitListen 80 localhost:*",
			"LogVerbose kex.c:*", "LogVerbose none", "ChannelTimeout x11=5m", "ChannelTimeout none", "UnusedConnectionTimeout 1h", "UnusedConnectionTimeout none",
			"RekeyLimit 1G", "RekeyLimit default 1h", "RekeyLimit 512M none", "IPQoS af21 cs1", "IPQoS 0x10", "StreamLocalBindMask 0117", "PubkeyAuthOptions touch-required",
			"PubkeyAuthOptions none", "PubkeyAuthOptions verify-required touch-required", "PermitTunnel ethernet", "IgnoreRhosts shosts-only", "GatewayPorts clientspecified",
			"LogLevel debug1", "LogLevel verbose", "ClientAliveInterval 5m", "AllowTcpForwarding all", "AllowTcpForwarding local"), ""
	case 8:
		return g.pick("ForceCommand", "AuthorizedKeysCommandUser", "AuthorizedPrincipalsCommandUser"), g.pick("nobody", "none", "root")
	case 9:
		return g.pick("AuthorizedKeysCommand", "AuthorizedPrincipalsCommand"), g.pick("none", "none", "none", "none", "none", "/bin/x %u")
	default:
		return g.pick("PasswordAuthentication", "KbdInteractiveAuthentication", "ChallengeResponseAuthentication", "SkeyAuthentication", "PubkeyAuthentication", "HostbasedAuthentication",
			"PermitEmptyPasswords", "X11Forwarding", "X11UseLocalhost", "PermitTTY", "PermitUserRC", "AllowAgentForwarding", "DisableForwarding", "ExposeAuthInfo",
			"GSSAPIAuthentication", "KerberosAuthentication", "StreamLocalBindUnlink", "HostbasedUsesNameFromPacketOnly", "RSAAuthentication"), flags
	}
}

// global makes what may not stand in a Match block.
func (g generator) global() (keyword, value string) {
	switch g.IntN(7) {
	case 0:
		return g.pick("Port", "Port", "LoginGraceTime"), g.pick("22", "2222", "443", "90")
	case 1:
		return "ListenAddress", g.pick("10.0.0.1", "10.0.0.1:2022", "[::1]:2022", "::1", "127.0.0.1", "0.0.0.0")
	case 2:
		return g.pick("Ciphers", "MACs", "KexAlgorithms"), g.pick("-*", "-hmac-sha1*", "-*cbc,chacha*", "-diffie*", "aes256-ctr", "hmac-sha2-256,hmac-sha1", "^hmac-sha2-512", "+aes128-cbc", "curve25519-sha256")
	case 3:
		return "HostKeyAlgorithms", g.pick("+ssh-rsa", "ssh-ed25519", "-rsa*", "^ecdsa*")
	case 4:
		return g.pick("MaxStartups 5", "MaxStartups 5:50:20", "Subsystem sftp internal-sftp", "Subsystem sftp /usr/lib/sftp -l 'a b'", "Subsystem x y", "SyslogFacility local3", "Compression delayed",
			"FingerprintHash md5", "FingerprintHash sha256", "VersionAddendum a b # c", "VersionAddendum none", "PerSourceMaxStartups 5", "PerSourceMaxStartups none",
			"PerSourceNetBlockSize 24:64", "PermitUserEnvironment LANG,LC_*", "PermitUserEnvironment yes", "PidFile none", "PidFile /x", "ModuliFile /x", "XAuthLocation none", "HostKeyAgent none",
			"SecurityKeyProvider internal", "Protocol 2", "UseLogin no", "ServerKeyBits 99", "AddressFamily any", "AddressFamily inet", "KeepAlive no", "HostCertificate none"), ""
	default:
		return g.pick("UsePAM", "UseDNS", "StrictModes", "PrintMotd", "PrintLastLog", "TCPKeepAlive", "IgnoreUserKnownHosts", "GSSAPICleanupCredentials", "KerberosTicketCleanup", "DSAAuthentication",
			"GSSAPIKeyExchange", "DebianBanner", "KerberosOrLocalPasswd", "GSSAPIStrictAcceptorCheck"), g.pick("yes", "no")
	}
}
