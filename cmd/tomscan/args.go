package main

import (
	"strconv"

	"github.com/spf13/cobra"
)

// noArgs accepts no arguments.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageError("unexpected argument "+quote(args[0]), "run `%s --help`", c.CommandPath())
}

// oneArg accepts exactly one argument, what names it.
func oneArg(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 1 {
			return nil
		}
		return usageError("needs one "+what+", got "+strconv.Itoa(len(args)), "usage: %s", c.UseLine())
	}
}

// maybeOneArg accepts one argument or none.
func maybeOneArg(c *cobra.Command, args []string) error {
	if len(args) <= 1 {
		return nil
	}
	return usageError("unexpected argument "+quote(args[1]), "usage: %s", c.UseLine())
}
