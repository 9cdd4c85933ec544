/**
 * How Node runs our server. Its room for short-lived objects grows to three times 32 MiB in the end, whether it is needed
 * or not; with half of that the server answers no slower.
 */
export const serverOptions = ['--max-semi-space-size=16'];
