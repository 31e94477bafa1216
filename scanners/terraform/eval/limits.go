package eval

// Bounds, so that no input can take the memory or the time of the machine. Each is far above what people write.
const (
	maxFileSize      = 10 << 20  // bytes of one configuration or variables file
	maxNesting       = 250       // brackets and operators around one expression
	maxSuspicious    = 1 << 20   // bytes of a file in which brackets and operators are counted exactly
	maxFunctionFile  = 4 << 20   // bytes of a file read by a function
	maxModuleDepth   = 40        // module calls below each other
	maxInstances     = 10_000    // of one resource or module call
	maxRootInstances = 100_000   // of one root
	maxRootWork      = 1_000_000 // iterations of all for expressions and expansions of one root
	maxDepth         = 1_500     // references that wait for each other
	maxWeight        = 400_000   // elements and hundreds of bytes in one value
	maxElements      = 20_000    // of one list, set or map
	maxHoles         = 1_000     // unknown parts of one text
	maxText          = 4 << 20   // bytes of one text
	maxDirectories   = 200_000   // directories that the search for roots walks
)
