import { S3Client } from "@aws-sdk/client-s3";

/** Where assets lie in an object store, and who may write there. */
export type S3Place = {
  bucket: string;
  /** Empty, or segments joined by `/` without one at either end. */
  prefix: string;
  /** Origin of a server other than Amazon's; it is addressed by path. */
  endpoint?: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
};

/** One request and its repetitions: more would hide a store that is gone from the run that should rest. */
const ATTEMPTS = 3;
const CONNECT_MS = 5_000;
const SILENCE_MS = 30_000;
/** Requests at once; the rest waits for a socket. */
const SOCKETS = 50;

/** A client that knows what it was told and nothing else: no profile files, no variables, no metadata service. */
export const createClient = ({ endpoint, region, credentials }: S3Place): S3Client =>
  new S3Client({
    region,
    credentials,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    useArnRegion: false,
    disableMultiregionAccessPoints: true,
    disableS3ExpressSessionAuth: true,
    defaultsMode: "standard",
    userAgentAppId: "throughline",
    maxAttempts: ATTEMPTS,
    retryMode: "standard",
    // The signature covers the hash of the body already, and not every server knows the newer checksums.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: SILENCE_MS,
      throwOnRequestTimeout: true,
      socketTimeout: SILENCE_MS,
      httpAgent: { maxSockets: SOCKETS },
      httpsAgent: { maxSockets: SOCKETS },
    },
  });
