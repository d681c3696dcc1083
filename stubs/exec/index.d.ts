export function getExecOutput(): never
