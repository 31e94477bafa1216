package server

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestMonitoringAgent(t *testing.T) {
	t.Parallel()
	const cfg, zcfg = "/etc/nagios/nrpe.cfg", "/etc/zabbix/zabbix_agentd.conf"
	settings := func(active, arguments, restricted string) map[string]string {
		return map[string]string{"active": active, "arguments_refused": arguments, "restricted": restricted}
	}
	file := func(name, text string, more ...string) map[string]string {
		return with(map[string]string{name: text}, more...)
	}
	runs := func(process string, more ...string) map[string]string {
		return with(map[string]string{"dpkg": "nano 1 installed all\n", "ps": "1 0 9 init\n5 1 9 " + process + "\n", "nft-json": noRules, "ip-addr": oneDevice, "ip-route": oneRoute, "ip-tables-names": "", "ip6-tables-names": ""}, more...)
	}
	closed := func(process string) map[string]string {
		return runs(process, "iptables-save", "*filter\n:INPUT DROP [0:0]\nCOMMIT\n", "ip6tables-save", "*filter\n:INPUT DROP [0:0]\nCOMMIT\n")
	}
	exporter := func(args string) map[string]string {
		return map[string]string{"/usr/lib/systemd/system/prometheus-node-exporter.service": "[Service]\nEnvironmentFile=/etc/default/prometheus-node-exporter\nExecStart=/usr/bin/prometheus-node-exporter $ARGS\n", "/etc/default/prometheus-node-exporter": "ARGS=\"" + args + "\"\n"}
	}
	const api = "/etc/icinga2/features-enabled/api.conf"
	tests := map[string]struct {
		name string
		host *capture.Capture
		want map[string]string
	}{
		"NRPE as Debian has it":       {"nrpe", logHost(true, file(cfg, "allowed_hosts=127.0.0.1,::1\ndont_blame_nrpe=0\n"), runs("nrpe")), settings("true", "true", "true")},
		"NRPE stands still":           {"nrpe", logHost(true, file(cfg, "allowed_hosts=192.0.2.1\n"), runs("init")), settings("false", "true", "true")},
		"NRPE asked by the world":     {"nrpe", logHost(true, file(cfg, "allowed_hosts=192.0.2.1,0.0.0.0/1,128.0.0.0/1\n"), runs("nrpe")), settings("true", "true", "false")},
		"NRPE with a mask of 0 bits":  {"nrpe", logHost(true, file(cfg, "allowed_hosts=192.0.2.1,0.0.0.0/0\n"), runs("nrpe")), settings("true", "true", "unresolved host_not_understood")},
		"NRPE without a list":         {"nrpe", logHost(true, file(cfg, "server_port=5666\n"), runs("nrpe")), settings("true", "true", "false")},
		"NRPE behind a packet filter": {"nrpe", logHost(true, file(cfg, "server_port=5666\n"), closed("nrpe")), settings("true", "true", "true")},
		"NRPE behind wrappers":        {"nrpe", logHost(true, file(cfg, "server_port=5666\n", "/etc/hosts.deny", "# x\nALL: ALL\n"), runs("nrpe")), settings("true", "true", "unresolved host_not_understood")},
		"NRPE on loopback":            {"nrpe", logHost(true, file(cfg, "server_address=127.0.0.1\n"), runs("nrpe")), settings("true", "true", "true")},
		"NRPE with an empty list":     {"nrpe", logHost(true, file(cfg, "allowed_hosts= ,\n"), runs("nrpe")), settings("true", "true", "unresolved host_not_understood")},
		"NRPE takes arguments":        {"nrpe", logHost(true, file(cfg, "allowed_hosts=192.0.2.1\ndont_blame_nrpe=1\n"), runs("nrpe")), settings("true", "unresolved decided_when_built", "true")},
		"NRPE of EPEL takes them":     {"nrpe", logHost(true, file(cfg, "allowed_hosts=192.0.2.1\ndont_blame_nrpe=1\n"), runs("nrpe", "rpm", "nrpe 0:4-1 x86_64\n")), settings("true", "false", "true")},
		"NRPE with another file":      {"nrpe", logHost(true, file("/etc/nrpe/n.cfg", "allowed_hosts=192.0.2.1\n"), runs("nrpe /usr/sbin/nrpe -c /etc/nrpe/n.cfg -f")), settings("true", "true", "true")},
		"NRPE that gives up":          {"nrpe", logHost(true, file(cfg, "server_port=80\n"), runs("init")), settings("false", "unresolved host_not_understood", "unresolved host_not_understood")},
		"NRPE without its file":       {"nrpe", logHost(true, nil, runs("nrpe")), settings("true", "unresolved host_not_there", "unresolved host_not_there")},
		"Zabbix as Debian has it":     {"zabbix-agent", logHost(true, file(zcfg, "Server=127.0.0.1\nServerActive=127.0.0.1\n"), runs("zabbix_agentd")), settings("true", "true", "true")},
		"Zabbix asked by the world":   {"zabbix-agent", logHost(true, file(zcfg, "Server=127.0.0.1,::/0\nEnableRemoteCommands=1\n"), runs("zabbix_agentd")), settings("true", "false", "false")},
		"Zabbix asks itself":          {"zabbix-agent", logHost(true, file(zcfg, "StartAgents=0\n"), runs("zabbix_agentd")), settings("true", "true", "true")},
		"Zabbix on loopback":          {"zabbix-agent", logHost(true, file(zcfg, "Server=::/0\nListenIP=127.0.0.1,::1\n"), runs("zabbix_agentd")), settings("true", "true", "true")},
		"Zabbix without a server":     {"zabbix-agent", logHost(true, file(zcfg, "Server=\n"), runs("init")), settings("false", "true", "unresolved host_not_understood")},
		"the newer agent":             {"zabbix-agent2", logHost(true, file("/etc/zabbix/zabbix_agent2.conf", "Server=192.0.2.1\nUserParameter=a[*],b $1\n"), runs("zabbix_agent2")), settings("true", "false", "true")},
		"the exporter":                {"node_exporter", logHost(true, exporter(""), runs("prometheus-node")), settings("true", "true", "false")},
		"the exporter on loopback":    {"node_exporter", logHost(true, exporter("--web.listen-address=127.0.0.1:9100"), runs("prometheus-node")), settings("true", "true", "true")},
		"the exporter on two":         {"node_exporter", logHost(true, exporter("--web.listen-address=[::1]:9100 --web.listen-address 10.0.0.1:9100"), runs("prometheus-node")), settings("true", "true", "false")},
		"the exporter is filtered":    {"node_exporter", logHost(true, exporter(""), closed("prometheus-node")), settings("true", "true", "true")},
		"the exporter of no unit":     {"node_exporter", logHost(true, nil, runs("node_exporter")), settings("true", "true", "unresolved host_not_there")},
		"Icinga without its API":      {"icinga2", logHost(true, file("/etc/icinga2/icinga2.conf", "include \"constants.conf\"\n"), runs("icinga2")), settings("true", "true", "true")},
		"Icinga as an agent":          {"icinga2", logHost(true, file(api, "object ApiListener \"api\" {\n  accept_commands = true\n}\n"), runs("icinga2")), settings("true", "false", "unresolved host_not_understood")},
		"Icinga by its defaults":      {"icinga2", logHost(true, file(api, "/* x\n */ /* accept_config = true */ object ApiListener \"api\" {\n  //accept_commands = true\n}\n"), closed("icinga2")), settings("true", "true", "true")},
		"Icinga with an expression":   {"icinga2", logHost(true, file(api, "object ApiListener \"api\" { accept_config = IsAgent }\n"), runs("icinga2")), settings("true", "unresolved host_not_understood", "unresolved host_not_understood")},
		"another agent":               {"telegraf", logHost(true, nil, runs("telegraf")), settings("true", "unresolved host_not_understood", "unresolved host_not_understood")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(settingsOf(monitoringAgents(), tt.host, tt.name), tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func TestWhatOfAgentsCouldNotBeRead(t *testing.T) {
	t.Parallel()
	commands := map[string]capture.Command{"dpkg": output("nano 1 installed all\n"), "ps": output("5 1 500 nrpe\n6 1 500 zabbix_agentd\n")}
	denied := map[string]string{"active": "true", "arguments_refused": "denied host_refused", "restricted": "denied host_refused"}
	m := capture.NewMemory("/")
	m.Add("/etc/nagios/nrpe.cfg", capture.Info{Mode: 0o640}, nil, fs.ErrPermission)
	m.Add("/etc/zabbix/zabbix_agentd.conf", capture.Info{Mode: 0o640}, nil, fs.ErrPermission)
	c := capture.Taken(capture.Capture{Live: true}, m, commands)
	for _, name := range []string{"nrpe", "zabbix-agent"} {
		if diff := cmp.Diff(settingsOf(monitoringAgents(), c, name), denied); diff != "" {
			t.Errorf("%s (-got +want)\n%s", name, diff)
		}
	}
	m = capture.NewMemory("/etc")
	m.Add("/etc/nagios/nrpe.cfg", capture.Info{Mode: 0o644, ModTime: time.Date(2026, 11, 21, 11, 59, 0, 0, time.UTC)}, []byte("allowed_hosts=192.0.2.1\n"), nil)
	m.Add("/etc/zabbix/zabbix_agentd.conf", capture.Info{Mode: 0o644}, []byte("Server=192.0.2.1\nInclude=/opt/a.conf\n"), nil)
	c = capture.Taken(capture.Capture{Live: true}, m, commands)
	want := map[string]string{"active": "unresolved stale", "arguments_refused": "unresolved stale", "restricted": "unresolved stale"}
	if diff := cmp.Diff(settingsOf(monitoringAgents(), c, "nrpe"), want); diff != "" {
		t.Errorf("a file that is newer than the daemon (-got +want)\n%s", diff)
	}
	want = map[string]string{"active": "true", "arguments_refused": "unresolved host_not_collected", "restricted": "unresolved host_not_collected"}
	if diff := cmp.Diff(settingsOf(monitoringAgents(), c, "zabbix-agent"), want); diff != "" {
		t.Errorf("an include that was not collected (-got +want)\n%s", diff)
	}
	if codes, names := gapsOf(monitoringAgents(), logHost(true, nil, map[string]string{"dpkg": "nano 1 installed all\n", "ps": initish})); codes != nil || names != nil {
		t.Errorf("nothing installed: got %v %v", codes, names)
	}
}

func FuzzIcingaRefuses(f *testing.F) {
	f.Add("object ApiListener \"api\" {\n accept_commands = true\n}", "accept_config=false")
	f.Add("/* accept_commands = true */", "// accept_config = x")
	f.Fuzz(func(t *testing.T, before, after string) {
		h := &host{Capture: logHost(true, nil, nil)}
		if v := h.icingaRefuses(before + "\n" + after); len(v.Positions()) > 0 && v.Positions()[0].StartLine < 1 {
			t.Error("it stands nowhere")
		}
		if strings.Contains(before+after, "accept_") || strings.ContainsAny(before+after, "/#") {
			return
		}
		if v := h.icingaRefuses(before + "\naccept_commands = true\n" + after); !refuses(v, false) {
			t.Errorf("commands are accepted: got %v", v)
		}
	})
}

func refuses(v evidence.Value[bool], want bool) bool {
	got, known := v.Get()
	return known && got == want
}

// whereOf returns where the settings of a fact were read: a file and a line, or a command.
func whereOf(r reader, c *capture.Capture, address string) map[string]string {
	h := &host{Capture: c, place: evidence.Place{Host: c.Host}, found: map[evidence.Kind]int{}}
	r.read(h)
	got := map[string]string{}
	for _, f := range h.facts {
		if f.Address != address {
			continue
		}
		got["level"] = string(f.Source.Level)
		for setting, reading := range f.Settings {
			for _, at := range reading.At {
				got[setting] += strings.TrimSpace(fmt.Sprintf("%s%s:%d ", at.Call, at.File, at.StartLine))
			}
		}
	}
	return got
}

func TestWhereItIsSaid(t *testing.T) {
	t.Parallel()
	files := map[string]string{"/etc/nagios/nrpe.cfg": "# x\nallowed_hosts=192.0.2.1\ndont_blame_nrpe=0\n", "/etc/docker/daemon.json": "{\n\"hosts\": [\"tcp://10.0.0.1:2376\"],\n\"tlsverify\": true\n}\n",
		"/etc/cron.d/aide": "# x\n0 4 * * * root aide --check\n", "/var/lib/aide/aide.db": "x"}
	c := logHost(true, files, map[string]string{"dpkg": "aide 1 installed all\n", "ps": "4 1 9 cron\n5 1 9 nrpe\n6 1 9 dockerd dockerd -H fd://\n", "logs": "9 " + daysAgo(3) + " /var/log/aide/aide.log\n"})
	tests := []struct {
		read reader
		name string
		want map[string]string
	}{
		{monitoringAgents(), "nrpe", map[string]string{"level": "implementation", "active": "ps (exit 0):0", "arguments_refused": "/etc/nagios/nrpe.cfg:3", "restricted": "/etc/nagios/nrpe.cfg:2"}},
		{containerHosts(), "docker", map[string]string{"level": "implementation", "api_exposed": "/etc/docker/daemon.json:2/etc/docker/daemon.json:3"}},
		{intrusionDetectors(), "aide", map[string]string{"level": "implementation", "active": "/etc/cron.d/aide:2", "last_run_days": "/var/log/aide/aide.log:0"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(whereOf(tt.read, c, tt.name), tt.want); diff != "" {
			t.Errorf("%s (-got +want)\n%s", tt.name, diff)
		}
	}
}
