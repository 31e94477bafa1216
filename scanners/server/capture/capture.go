package capture

import (
	"errors"
	"io/fs"
	"regexp"
	"time"
)

// ErrNotCollected says that a path or a command was not looked at: it may be there or not. A path that is known not to be there is
// fs.ErrNotExist, one that the capture was not allowed to read is fs.ErrPermission.
var ErrNotCollected = errors.New("not collected")

// ErrRedacted says that a file was looked at and that its contents were left out, for they are secret.
var ErrRedacted = errors.New("left out as secret")

// Capture is what is known of one host. It does not change after it was read.
type Capture struct {
	Host   string    // the host's own name, or the name that the caller gave
	At     time.Time // when it was captured, by the host's clock, in UTC; zero for a root directory
	Live   bool      // a running host: commands were run and processes listed
	Root   bool      // captured by the superuser: nothing was refused
	Script string    // SHA-256 of the capture script, empty for a root directory

	// Partial are the directories that a root directory has in part only: a path that is missing there was not collected. "/" stands for
	// what is outside the others. Empty for a whole root directory, and for a bundle, whose manifest tells of each path.
	Partial []string

	files    files
	commands map[string]Command
}

// Info is what is known of a file without its contents.
type Info struct {
	Mode     fs.FileMode
	UID, GID int
	ModTime  time.Time
	Size     int64
	SHA256   string // of the original contents, where these were captured
	Redacted bool   // secrets in it were replaced
}

// Command is what a command said. A command that is not installed has exit status 127.
type Command struct {
	Line     string // as it was run, such as "sshd -T"
	Exit     int
	Out, Err []byte
}

// Files are the files of a host, by absolute slash paths. Links are followed, inside the host. Errors are fs.ErrNotExist,
// fs.ErrPermission, ErrNotCollected or ErrRedacted, wrapped.
type Files interface {
	Read(path string) ([]byte, error)
	Stat(path string) (Info, error)
	List(dir string) ([]string, error) // names in a directory, sorted
	Link(path string) (string, error)  // where a symbolic link points; ErrNotLink for what is none
}

// ErrNotLink says that a path is no symbolic link.
var ErrNotLink = errors.New("not a symbolic link")

// Read returns the contents of a file.
func (c *Capture) Read(path string) ([]byte, error) { return c.files.Read(path) }

// Stat tells about a file or directory.
func (c *Capture) Stat(path string) (Info, error) { return c.files.Stat(path) }

// List returns the names in a directory, sorted.
func (c *Capture) List(dir string) ([]string, error) { return c.files.List(dir) }

// Link returns where a symbolic link points.
func (c *Capture) Link(path string) (string, error) { return c.files.Link(path) }

// Command returns what the command of this name said. ErrNotCollected says that it was not run.
func (c *Capture) Command(name string) (Command, error) {
	command, ok := c.commands[name]
	if !ok {
		return Command{}, ErrNotCollected
	}
	return command, nil
}

// Output returns what a command printed, when it ended with 0. fs.ErrPermission says that it failed because the account that captured the
// host may not do it; ErrNotCollected, that it was not run, or failed for another reason.
func (c *Capture) Output(name string) ([]byte, error) {
	command, err := c.Command(name)
	switch {
	case err != nil || command.Exit == 0:
		return command.Out, err
	case !c.Root && refusal.Match(command.Err):
		return nil, fs.ErrPermission
	}
	return nil, ErrNotCollected
}

// refusal is how programs say that they were not allowed to: the words of EACCES and EPERM in the C locale, which the script sets.
var refusal = regexp.MustCompile(`Permission denied|Operation not permitted`)

// UnlessAbsent drops the error of a path that is known not to be there.
func UnlessAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
