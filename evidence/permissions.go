package evidence

// MissingPermission is what would have to be allowed in one account so that what is undecided could be decided.
type MissingPermission struct {
	Account string   `json:"account"`
	Actions []string `json:"actions"` // sorted
	Results int      `json:"results"` // results, and checks without any, that are not assessed for lack of them
}
