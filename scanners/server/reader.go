package server

import "github.com/tomscan/tomscan/evidence"

// reader reads one family of daemons or files of a host.
type reader struct {
	name  string
	kinds []evidence.Kind // every kind that it may observe
	read  func(*host)
}

// readers lists all readers, sorted by name.
func readers() []reader {
	return []reader{
		apacheServers(),
		backupJobs(),
		containerHosts(),
		controlPanels(),
		databaseServers(),
		firewalls(),
		imunify(),
		intrusionDetectors(),
		keyFiles(),
		localAccounts(),
		lockouts(),
		logForwardings(),
		logRotations(),
		mailServers(),
		malwareScanners(),
		monitoringAgents(),
		nginxServers(),
		operatingSystems(),
		passwordPolicies(),
		restoreTests(),
		sshServers(),
		systemLogs(),
		volumes(),
	}
}
