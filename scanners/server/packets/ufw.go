package packets

import (
	"fmt"
	"path"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// UFWFiles are the files that ufw makes its rules of.
func UFWFiles() []string {
	return []string{"/etc/default/ufw", "/etc/ufw/after.rules", "/etc/ufw/after6.rules", "/etc/ufw/before.rules", "/etc/ufw/before6.rules", "/etc/ufw/ufw.conf",
		"/etc/ufw/user.rules", "/etc/ufw/user6.rules"}
}

// UFWEnabled says whether ufw would load rules when the host starts: https://manpages.debian.org/bookworm/ufw/ufw.8.en.html
func UFWEnabled(files capture.Files) (bool, error) {
	settings, err := ufwSettings(files)
	return isYes(settings["ENABLED"]), err
}

func isYes(v string) bool { return v == "yes" || v == "YES" }

// ReadUFW makes the ruleset that ufw loads when the host starts, as its script ufw-init does it. It is empty where ufw is not enabled.
// https://manpages.debian.org/bookworm/ufw/ufw-framework.8.en.html
func ReadUFW(files capture.Files) (*Ruleset, error) {
	settings, err := ufwSettings(files)
	if err != nil {
		return nil, err
	}
	all := &Ruleset{}
	if !isYes(settings["ENABLED"]) {
		return all, nil
	}
	for _, script := range []string{"/etc/ufw/before.init", "/etc/ufw/after.init"} {
		if info, err := files.Stat(script); err == nil && info.Mode&0o111 != 0 {
			return nil, fmt.Errorf("read the rules of ufw: %s may load others", script)
		}
	}
	for _, f := range []Family{IPv4, IPv6} {
		rules, err := ufwFamily(files, settings, f)
		if err != nil {
			return nil, err
		}
		all.add(rules)
	}
	return all, nil
}

// ufwSettings reads the shell variables of ufw's two files, the second of which wins.
func ufwSettings(files capture.Files) (map[string]string, error) {
	settings := map[string]string{}
	for _, name := range []string{"/etc/default/ufw", "/etc/ufw/ufw.conf"} {
		text, err := files.Read(name)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			key, value, ok := strings.Cut(strings.TrimSpace(line), "=")
			if ok && !strings.HasPrefix(key, "#") {
				settings[key] = strings.Trim(value, `"'`)
			}
		}
	}
	return settings, nil
}

// ufwFamily loads the rules of one family, in the order of ufw-init.
func ufwFamily(files capture.Files, settings map[string]string, f Family) (*Ruleset, error) {
	r := tablesReader{out: &Ruleset{}, family: "ip"}
	six := ""
	if f == IPv6 {
		r.family, six = "ip6", "6"
		if !isYes(settings["IPV6"]) {
			return r.out, r.load("/etc/default/ufw", []byte("*filter\n:INPUT DROP\n:FORWARD DROP\n:OUTPUT DROP\n-A INPUT -i lo -j ACCEPT\n-A OUTPUT -o lo -j ACCEPT\n"))
		}
	}
	if err := r.load("ufw-init", []byte(ufwFrame(settings, six))); err != nil {
		return nil, err
	}
	for _, part := range []string{"before", "after", "user"} {
		name := path.Join("/etc/ufw", part+six+".rules")
		text, err := files.Read(name)
		if err != nil {
			return nil, err
		}
		if err := r.load(name, text); err != nil {
			return nil, err
		}
	}
	return r.out, r.load("/etc/default/ufw", []byte(ufwEnd(settings, six)))
}

// load reads one more text.
func (r *tablesReader) load(name string, text []byte) error {
	r.file, r.table = name, ""
	return r.read(text)
}

// ufwHooks are the parts of ufw's chains, of ufw's settings and of the kernel's chains.
func ufwHooks() [][2]string {
	return [][2]string{{"input", "INPUT"}, {"output", "OUTPUT"}, {"forward", "FORWARD"}}
}

// ufwFrame makes the chains that the files' rules go into.
func ufwFrame(settings map[string]string, six string) string {
	var b strings.Builder
	b.WriteString("*filter\n")
	for _, h := range ufwHooks() {
		for _, part := range []string{"before-logging", "before", "after", "after-logging", "reject", "track"} {
			fmt.Fprintf(&b, "-A %s -j ufw%s-%s-%s\n", h[1], six, part, h[0])
		}
		switch policy := settings["DEFAULT_"+h[1]+"_POLICY"]; policy {
		case "REJECT":
			fmt.Fprintf(&b, "-A ufw%s-reject-%s -j REJECT\n", six, h[0])
		case "ACCEPT":
			fmt.Fprintf(&b, "-A ufw%s-track-%s -p tcp -m conntrack --ctstate NEW -j ACCEPT\n-A ufw%s-track-%s -p udp -m conntrack --ctstate NEW -j ACCEPT\n", six, h[0], six, h[0])
		}
		fmt.Fprintf(&b, "-A ufw%s-skip-to-policy-%s -j %s\n", six, h[0], settings["DEFAULT_"+h[1]+"_POLICY"])
	}
	return b.String()
}

// ufwEnd hooks the user's rules in, and sets the policies.
func ufwEnd(settings map[string]string, six string) string {
	var b strings.Builder
	b.WriteString("*filter\n")
	for _, h := range ufwHooks() {
		fmt.Fprintf(&b, "-A ufw%s-before-%s -j ufw%s-user-%s\n", six, h[0], six, h[0])
		policy := settings["DEFAULT_"+h[1]+"_POLICY"]
		if policy == "REJECT" {
			policy = "DROP"
		}
		fmt.Fprintf(&b, ":%s %s\n", h[1], policy)
	}
	return b.String()
}
