// Package blockdev says what lies between a mounted file system and the disks below it: whether every path to a disk passes an
// encrypted layer.
package blockdev
