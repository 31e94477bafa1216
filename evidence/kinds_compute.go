package evidence

// Function is code that the provider runs on demand: a Lambda function.
type Function struct {
	Placement
	PublicURL        Value[bool]   `setting:"public_url"`        // it has an address on the internet that asks for no authentication
	OpenToEverybody  Value[bool]   `setting:"open_to_everybody"` // its policy lets anybody call it, without a condition that narrows it
	Runtime          Value[string] `setting:"runtime"`           // the provider's name of it, "image" for a container image
	RuntimeSupported Value[bool]   `setting:"runtime_supported"` // the provider still patches the runtime; unresolved for images, which bring their own
}

// Kind returns function.
func (Function) Kind() Kind { return "function" }

// KubernetesCluster is a managed Kubernetes control plane: EKS. PublicEndpoint says whom the API server's address on the
// internet lets in: none without such an address, restricted when a list of addresses narrows it, world otherwise.
type KubernetesCluster struct {
	Placement
	Encryption       Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"` // of the secrets in its API data
	PublicEndpoint   Value[string] `setting:"public_endpoint" values:"none,restricted,world"`
	LogsAudit        Value[bool]   `setting:"logs_audit"`        // the audit log of its API is exported
	VersionSupported Value[bool]   `setting:"version_supported"` // its version still gets patches, in standard or extended support
}

// Kind returns kubernetes_cluster.
func (KubernetesCluster) Kind() Kind { return "kubernetes_cluster" }
