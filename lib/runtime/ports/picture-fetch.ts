/**
 * Pictures from addresses that a person or a table names. The bytes are foreign and come as they were sent, at most LIMITS.uploadBytes after
 * decoding; the upload path checks and re-encodes them. Throws StepError: URL_INVALID, USERINFO_REFUSED, SSRF_BLOCKED, PORT_NOT_ALLOWED,
 * URL_TOO_LARGE, URL_TIMEOUT, URL_FAILED; the signal's own reason when the caller aborts. Nothing of an answer is ever put into an error.
 */
export type PictureFetch = { fetchPicture(url: string, signal?: AbortSignal): Promise<Buffer> };
