package evidence

import "slices"

// The kinds of this file are what a server is: the daemons that it runs, who may log in, what is kept how long. Settings say
// what the daemon does in the weakest of its contexts, not what one line of its configuration says. Ages are counted at the
// time of the capture, in days or hours that have wholly passed.

// OfHosts says whether only hosts and endpoints have things of the kind: neither code nor an account shows one.
func (k Kind) OfHosts() bool {
	return slices.Contains([]Kind{
		"backup_job", "container_host", "control_panel", "database_server", "endpoint", "host_firewall", "intrusion_detector", "key_file",
		"local_account", "lockout_policy", "log_forwarding", "log_rotation", "mail_server", "malware_scanner", "monitoring_agent",
		"operating_system", "ssh_server", "system_log", "web_endpoint", "web_site",
	}, k)
}

// SSHServer is the SSH daemon of a host.
type SSHServer struct {
	PasswordLogin     Value[string]   `setting:"password_login" values:"refused,restricted,accepted"`      // whether a password alone opens a session; restricted: only from or for some
	SecondFactor      Value[bool]     `setting:"second_factor_demanded"`                                   // every way in demands two factors of different sorts
	RootLogin         Value[string]   `setting:"root_login" values:"refused,forced-commands,key,password"` // the weakest way in for root
	WeakAlgorithms    Value[[]string] `setting:"weak_algorithms"`                                          // ciphers, key exchanges, MACs and host keys that are offered and are weak
	UsersRestricted   Value[bool]     `setting:"users_restricted"`                                         // only named users or groups may log in
	SourcesRestricted Value[bool]     `setting:"sources_restricted"`                                       // only named addresses can log in: by the firewall, the daemon or its listen address
	MaxAuthTries      Value[int]      `setting:"max_auth_tries" unit:"attempts"`                           // in one connection
}

// Kind returns ssh_server.
func (SSHServer) Kind() Kind { return "ssh_server" }

// LocalAccount is an account of a host's own user database.
type LocalAccount struct {
	Superuser        Value[bool]   `setting:"superuser"`                                                                                                            // its user id is 0
	Login            Value[bool]   `setting:"login"`                                                                                                                // it can log in: it has a shell, and a usable password or a key
	PasswordScheme   Value[string] `setting:"password_scheme" values:"none,locked,empty,des,md5,bcrypt,scrypt,sha1,sha256crypt,sha512crypt,yescrypt,gost-yescrypt"` // unresolved for any other
	SudoAll          Value[bool]   `setting:"sudo_all"`                                                                                                             // it may run everything as root
	SudoWithoutProof Value[bool]   `setting:"sudo_without_proof"`                                                                                                   // it may run something as root without its password
	Keys             Value[int]    `setting:"keys" unit:"keys"`
	WeakKeys         Value[int]    `setting:"weak_keys" unit:"keys"` // DSA, or RSA below 2048 bits
	IdleDays         Value[int]    `setting:"idle_days" unit:"days"` // since it last logged in, Never when it never did
}

// Kind returns local_account.
func (LocalAccount) Kind() Kind { return "local_account" }

// LockoutPolicy says what stops the guessing of passwords on a host: locked accounts, and banned addresses.
type LockoutPolicy struct {
	AccountAttempts Value[int] `setting:"account_attempts" unit:"attempts"` // failures after which an account is locked, Never when none is
	AccountMinutes  Value[int] `setting:"account_minutes" unit:"minutes"`   // how long, Never until somebody unlocks it, 0 without a lock
	AddressAttempts Value[int] `setting:"address_attempts" unit:"attempts"` // failures after which an address is banned, Never when none is
	AddressMinutes  Value[int] `setting:"address_minutes" unit:"minutes"`   // how long, Never for good, 0 without a ban
}

// Kind returns lockout_policy.
func (LockoutPolicy) Kind() Kind { return "lockout_policy" }

// HostFirewall is the packet filter of a host as a whole; what the world can reach through it is a Firewall's.
type HostFirewall struct {
	DefaultDenyIPv4 Value[bool]   `setting:"default_deny_ipv4"` // what no rule allows is dropped
	DefaultDenyIPv6 Value[bool]   `setting:"default_deny_ipv6"`
	AdminSources    Value[string] `setting:"admin_sources" values:"none,listed,any"` // who can reach the ports of the SSH daemon
	AtBoot          Value[bool]   `setting:"at_boot"`                                // the same rules are loaded when the host starts
}

// Kind returns host_firewall.
func (HostFirewall) Kind() Kind { return "host_firewall" }

// WebSite is one virtual host of a web server.
type WebSite struct {
	HSTSDays      Value[int]    `setting:"hsts_days" unit:"days"` // of its weakest location over https, 0 without the header
	AccessLogging Value[bool]   `setting:"access_logging"`        // every request is logged
	WebFirewall   Value[string] `setting:"web_firewall" values:"off,detect,block"`
	RateLimited   Value[bool]   `setting:"rate_limited"` // too many requests of one client are refused
}

// Kind returns web_site.
func (WebSite) Kind() Kind { return "web_site" }

// DatabaseServer is a database that the host itself runs: PostgreSQL, MariaDB, MySQL, Redis.
type DatabaseServer struct {
	Engine             Value[string]   `setting:"engine"`
	Encryption         Value[string]   `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"` // of its files, by itself or by the volume below
	TLSRequired        Value[bool]     `setting:"tls_required"`                                                                       // connections over a network without TLS are refused, or there are none
	TLSMin             Value[int]      `setting:"tls_min" unit:"tls rank"`                                                            // lowest version it negotiates
	PubliclyAccessible Value[bool]     `setting:"publicly_accessible"`                                                                // the world can reach its port
	Listens            Value[string]   `setting:"listens" values:"local,private,any"`                                                 // loopback or a socket, private addresses, or any other
	BackedUp           Value[bool]     `setting:"backed_up"`                                                                          // a job of the host itself dumps it, again and again
	WeakAuthentication Value[[]string] `setting:"weak_authentication"`                                                                // ways in over a network without a password, or with one in clear text or MD5
}

// Kind returns database_server.
func (DatabaseServer) Kind() Kind { return "database_server" }

// MailServer is the mail transfer agent of a host.
type MailServer struct {
	InboundTLS  Value[string] `setting:"inbound_tls" values:"none,offered,required,local"` // local: it accepts no mail from a network
	OutboundTLS Value[string] `setting:"outbound_tls" values:"none,opportunistic,required,verified"`
	TLSMin      Value[int]    `setting:"tls_min" unit:"tls rank"`
}

// Kind returns mail_server.
func (MailServer) Kind() Kind { return "mail_server" }

// LogRotation says how long records of a log of a host are kept. Each record is there for KeptMinDays at least, and gone after
// KeptMaxDays at most. Months and years count as in promises: 30 and 365 days in a minimum, 31 and 366 in a maximum.
type LogRotation struct {
	Name        Value[string] `setting:"name"`                      // path or pattern of the log
	PeriodDays  Value[int]    `setting:"period_days" unit:"days"`   // longest time between two rotations, 1 where it is shorter than a day, Never when it is not rotated
	KeptMinDays Value[int]    `setting:"kept_min_days" unit:"days"` // unresolved where size decides
	KeptMaxDays Value[int]    `setting:"kept_max_days" unit:"days"` // Never where nothing removes it
	OldestDays  Value[int]    `setting:"oldest_days" unit:"days"`   // age of the oldest record seen
}

// Kind returns log_rotation.
func (LogRotation) Kind() Kind { return "log_rotation" }

// LogForwarding sends logs of a host to another one.
type LogForwarding struct {
	Encrypted     Value[bool] `setting:"encrypted"`     // by TLS
	Authenticated Value[bool] `setting:"authenticated"` // the receiver's name or certificate is checked
}

// Kind returns log_forwarding.
func (LogForwarding) Kind() Kind { return "log_forwarding" }

// SystemLog says whether a host keeps what happens on it.
type SystemLog struct {
	Persistent       Value[bool] `setting:"persistent"`        // system messages survive a restart
	Auditing         Value[bool] `setting:"auditing"`          // the kernel's audit is on, with rules
	AuditImmutable   Value[bool] `setting:"audit_immutable"`   // its rules cannot be changed until the next start
	TimeSynchronised Value[bool] `setting:"time_synchronised"` // the clock follows a source
}

// Kind returns system_log.
func (SystemLog) Kind() Kind { return "system_log" }

// OperatingSystem is what runs on a host and how it is kept up to date. What it lacks today is a PatchState.
type OperatingSystem struct {
	Release          Value[string] `setting:"release"`           // such as "debian 12"
	Supported        Value[bool]   `setting:"release_supported"` // its vendor or its long-term support still mends it
	AutomaticUpdates Value[string] `setting:"automatic_updates" values:"off,downloaded,security,all"`
	LastUpdateDays   Value[int]    `setting:"last_update_days" unit:"days"` // since the automatic updates last ran, Never when they did not
	SecuritySource   Value[bool]   `setting:"security_source"`              // the vendor's security updates are among the package sources
	RestartPending   Value[bool]   `setting:"restart_pending"`              // a newer kernel, or another update that asks for a restart, is installed and does not run
}

// Kind returns operating_system.
func (OperatingSystem) Kind() Kind { return "operating_system" }

// BackupJob is a job of a host that backs something up.
type BackupJob struct {
	Program          Value[string]   `setting:"program"`
	Covers           Value[[]string] `setting:"covers"` // database, files, configuration
	Encryption       Value[string]   `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
	Offsite          Value[bool]     `setting:"offsite"`                         // its target is another host or service
	Scheduled        Value[bool]     `setting:"scheduled"`                       // it runs by itself
	IntervalHours    Value[int]      `setting:"interval_hours" unit:"hours"`     // longest time between two runs, Never when it does not run by itself
	RetentionDays    Value[int]      `setting:"retention_days" unit:"days"`      // how far back its backups reach, Never when none is removed
	LastSuccessHours Value[int]      `setting:"last_success_hours" unit:"hours"` // since it last succeeded, Never when it did not
}

// Kind returns backup_job.
func (BackupJob) Kind() Kind { return "backup_job" }

// ContainerHost is the container daemon of a host.
type ContainerHost struct {
	APIExposed Value[string] `setting:"api_exposed" values:"local,verified,open"` // verified: over a network, with certificates of the clients
}

// Kind returns container_host.
func (ContainerHost) Kind() Kind { return "container_host" }

// MalwareScanner looks for malware on a host.
type MalwareScanner struct {
	Active           Value[bool] `setting:"active"` // it runs, by itself or by a schedule
	SignatureAgeDays Value[int]  `setting:"signature_age_days" unit:"days"`
}

// Kind returns malware_scanner.
func (MalwareScanner) Kind() Kind { return "malware_scanner" }

// IntrusionDetector watches a host for what should not happen on it.
type IntrusionDetector struct {
	Watches     Value[string] `setting:"watches" values:"files,logs,network,behaviour"`
	Active      Value[bool]   `setting:"active"`
	LastRunDays Value[int]    `setting:"last_run_days" unit:"days"` // 0 for one that runs all the time, Never when it never ran
}

// Kind returns intrusion_detector.
func (IntrusionDetector) Kind() Kind { return "intrusion_detector" }

// MonitoringAgent tells a monitoring system how a host is.
type MonitoringAgent struct {
	Active           Value[bool] `setting:"active"`
	ArgumentsRefused Value[bool] `setting:"arguments_refused"` // whoever asks cannot pass arguments to its commands
	Restricted       Value[bool] `setting:"restricted"`        // only named addresses may ask it
}

// Kind returns monitoring_agent.
func (MonitoringAgent) Kind() Kind { return "monitoring_agent" }

// ControlPanel is a panel by which a host is administered in a browser: cPanel and WHM.
type ControlPanel struct {
	SecondFactorPolicy Value[bool] `setting:"second_factor_policy"` // it offers a second factor
	AdminsEnrolled     Value[bool] `setting:"admins_enrolled"`      // root and every reseller use it
}

// Kind returns control_panel.
func (ControlPanel) Kind() Kind { return "control_panel" }

// KeyFile is a file of a host with a private key or a credential: who may read it, never what it says.
type KeyFile struct {
	Exposed Value[bool] `setting:"exposed"` // others than its owner and its group may read it, or put another file in its place
}

// Kind returns key_file.
func (KeyFile) Kind() Kind { return "key_file" }

// Endpoint is an address that was declared and really called.
type Endpoint struct {
	Answers            Value[bool]   `setting:"answers"`
	CertificateTrusted Value[bool]   `setting:"certificate_trusted"` // its chain leads to a trusted root, it names the host and is in time
	StartTLS           Value[string] `setting:"starttls" values:"none,offered,required,implicit"`
}

// Kind returns endpoint.
func (Endpoint) Kind() Kind { return "endpoint" }

// WebEndpoint is what answers over HTTPS at an endpoint, as far as whoever calls it is told.
type WebEndpoint struct {
	HSTSDays Value[int] `setting:"hsts_days" unit:"days"` // 0 without the header
}

// Kind returns web_endpoint.
func (WebEndpoint) Kind() Kind { return "web_endpoint" }
