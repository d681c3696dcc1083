export const LOGOUT_MODES = ['never', 'always', 'on-failure'] as const
/** When the post step ends the session. */
export type LogoutMode = (typeof LOGOUT_MODES)[number]
