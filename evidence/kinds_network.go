package evidence

// Network is a private network: a VPC.
type Network struct {
	Region   Value[string] `setting:"region"`
	FlowLogs Value[bool]   `setting:"flow_logs"`
}

// Kind returns network.
func (Network) Kind() Kind { return "network" }

// Subnet is a part of a network. Private means that its route table has no route to an internet gateway.
type Subnet struct {
	Region                 Value[string] `setting:"region"`
	Private                Value[bool]   `setting:"private"`
	AssignsPublicAddresses Value[bool]   `setting:"assigns_public_addresses"`
}

// Kind returns subnet.
func (Subnet) Kind() Kind { return "subnet" }

// Firewall is a set of packet rules that guards hosts: a security group with its inline and separate rules.
type Firewall struct {
	Region      Value[string]     `setting:"region"`
	OpenIngress Value[[]Exposure] `setting:"open_ingress"` // what the whole world can reach
	OpenEgress  Value[[]Exposure] `setting:"open_egress"`  // what can be reached in the whole world
	IsDefault   Value[bool]       `setting:"is_default"`   // the network's own default group
	RuleCount   Value[int]        `setting:"rule_count" unit:"rules"`
}

// Kind returns firewall.
func (Firewall) Kind() Kind { return "firewall" }

// LoadBalancer spreads traffic over targets.
type LoadBalancer struct {
	Region             Value[string] `setting:"region"`
	Public             Value[bool]   `setting:"public"`        // it has public addresses
	OpenToWorld        Value[bool]   `setting:"open_to_world"` // it is public, and its firewalls let the whole world in
	AccessLogging      Value[bool]   `setting:"access_logging"`
	DeletionProtection Value[bool]   `setting:"deletion_protection"`
	WebFirewall        Value[bool]   `setting:"web_firewall"`
}

// Kind returns load_balancer.
func (LoadBalancer) Kind() Kind { return "load_balancer" }

// Listener accepts connections of clients: a listener of a load balancer, the custom domain of an API.
type Listener struct {
	Region           Value[string] `setting:"region"`
	Public           Value[bool]   `setting:"public"` // its load balancer is reachable from the internet
	Protocol         Value[string] `setting:"protocol" values:"http,https,tls,tcp,udp"`
	TLSMin           Value[int]    `setting:"tls_min" unit:"tls rank"` // lowest version it negotiates, RankPlain for http; unresolved for tcp and udp, whose targets decide
	RedirectsToHTTPS Value[bool]   `setting:"redirects_to_https"`      // every request is answered with a redirect to https
	Port             Value[int]    `setting:"port"`
}

// Kind returns listener.
func (Listener) Kind() Kind { return "listener" }

// CDN is a content delivery network in front of origins: a CloudFront distribution.
type CDN struct {
	Placement
	ViewerPlain   Value[string] `setting:"viewer_plain" values:"refused,redirected,served"` // what the weakest behaviour does with http
	ViewerTLSMin  Value[int]    `setting:"viewer_tls_min" unit:"tls rank"`
	OriginPlain   Value[string] `setting:"origin_plain" values:"never,as-viewer,always"` // whether the weakest custom origin is fetched over http
	OriginTLSMin  Value[int]    `setting:"origin_tls_min" unit:"tls rank"`
	AccessLogging Value[bool]   `setting:"access_logging"`
	WebFirewall   Value[bool]   `setting:"web_firewall"`
}

// Kind returns cdn.
func (CDN) Kind() Kind { return "cdn" }

// Instance is a virtual machine.
type Instance struct {
	Placement
	PublicAddress   Value[bool] `setting:"public_address"`
	SubnetPrivate   Value[bool] `setting:"subnet_private"`
	MetadataSession Value[bool] `setting:"metadata_session"` // the metadata service demands session tokens (IMDSv2)
	Monitored       Value[bool] `setting:"monitored"`
}

// Kind returns instance.
func (Instance) Kind() Kind { return "instance" }

// ContainerService runs containers: an ECS service.
type ContainerService struct {
	Region         Value[string] `setting:"region"`
	PublicAddress  Value[bool]   `setting:"public_address"`
	SubnetsPrivate Value[bool]   `setting:"subnets_private"`
}

// Kind returns container_service.
func (ContainerService) Kind() Kind { return "container_service" }
