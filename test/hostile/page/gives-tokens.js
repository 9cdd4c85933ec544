// The page around a sandboxed frame: asks its own backend for tokens, and answers the frame through a port.
{
  const give = async (frame) => {
    const everything = '/elements/index.js';
    const { serveTokens, tokenFrom } = await import(everything);
    const { port1, port2 } = new MessageChannel();
    serveTokens(port1, tokenFrom('/hostile/token'));
    // A frame without an origin can be named by no other than this
    frame.postMessage('port', '*', [port2]);
  };
  addEventListener('message', ({ data, source }) => {
    if (data === 'who-am-i' && source === document.querySelector('iframe').contentWindow) void give(source);
  });
}
