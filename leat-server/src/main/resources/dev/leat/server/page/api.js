// Requests to the server. Answers keep numbers exact: one that JavaScript cannot hold stays text.

const DIGITS_EXACT = 15;

function exact(key, value, context) {
  if (typeof value === "number" && context?.source) {
    const digits = context.source.replace(/[-.]|[eE].*$/g, "").replace(/^0+/, "");
    if (digits.length > DIGITS_EXACT && String(value) !== context.source) return context.source;
  }
  return value;
}

/** A problem the server told: {code, message, fix, line?, column?}. */
export class Problem extends Error {
  constructor(told) {
    super(told.message);
    this.told = told;
  }
}

async function answer(response) {
  const text = await response.text();
  let body;
  try {
    body = JSON.parse(text, exact);
  } catch {
    throw new Problem({ code: String(response.status), message: "The server did not answer as expected.", fix: "" });
  }
  if (!response.ok) throw new Problem(body);
  return body;
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { headers: { Accept: "application/json" }, ...options });
  } catch (e) {
    if (e.name === "AbortError") throw e;
    throw new Problem({ code: "offline", message: "The server cannot be reached.", fix: "Is `leat up` still running?" });
  }
  return answer(response);
}

export const get = (path, signal) => ask(path, { signal });

export const query = (sql, limit, signal) =>
  ask("/v1/query", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ sql, limit }),
    signal,
  });
