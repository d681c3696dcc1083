// Loaded into the action by NODE_OPTIONS: a umask of the test's choice. TEST_UMASK=777
process.umask(Number.parseInt(process.env.TEST_UMASK, 8))
