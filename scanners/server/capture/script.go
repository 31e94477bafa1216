package capture

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"slices"
)

//go:embed script/*.sh
var parts embed.FS

// Script returns the capture script: one POSIX shell script that a customer can read before running it.
func Script() []byte {
	names, err := fs.Glob(parts, "script/*.sh")
	if err != nil {
		panic(err) // the pattern is fixed
	}
	slices.Sort(names)
	var script bytes.Buffer
	for _, name := range names {
		text, err := parts.ReadFile(name)
		if err != nil {
			panic(err) // it is in the program
		}
		script.Write(text)
	}
	return script.Bytes()
}

// ScriptSHA256 returns the script's SHA-256, which a bundle names.
func ScriptSHA256() string {
	sum := sha256.Sum256(Script())
	return hex.EncodeToString(sum[:])
}
