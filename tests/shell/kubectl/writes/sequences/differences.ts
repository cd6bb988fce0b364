// Why the two kubectls print something else. MODEL.md lists the reasons.

/** The kubectl that was recorded is a build of its own, which reports flags it cannot read through its log. */
export const DISPATCHER = 'v1.32.4-dispatcher words the complaint about a flag otherwise than kubectl does';
