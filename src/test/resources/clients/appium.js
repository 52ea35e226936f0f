// Reads a phone through npm's appium-ios-device, a client that nobody here wrote: its time, its values and every file.
// Prints one object. Arguments: the folder of the package, the host and the port of usbmux.
'use strict';
const crypto = require('crypto');
const net = require('net');
const path = require('path');

const [modules, host, port] = process.argv.slice(2);
const { utilities, services } = require(path.join(modules, 'appium-ios-device'));

// The package takes a connection of its own for each thing that it does.
const socket = () => net.connect(Number(port), host);

async function main() {
  const udids = await utilities.getConnectedDevices(socket());
  const udid = udids[0];
  const answer = {
    udids,
    name: await utilities.getDeviceName(udid, socket()),
    version: await utilities.getOSVersion(udid, socket()),
    time: await utilities.getDeviceTime(udid, socket()),
    values: Object.keys(await utilities.getDeviceInfo(udid, socket())),
    files: {},
  };
  const afc = await services.startAfcService(udid, { socket: socket() });
  await afc.walkDir('/', true, async (file, isFolder) => {
    if (!isFolder) {
      const hash = crypto.createHash('sha256');
      for await (const piece of await afc.createReadStream(file, { autoDestroy: true })) {
        hash.update(piece);
      }
      answer.files[file.replace(/^\//, '')] = hash.digest('hex');
    }
  });
  afc.close();
  console.log(JSON.stringify(answer));
  process.exit(0);
}

main().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
