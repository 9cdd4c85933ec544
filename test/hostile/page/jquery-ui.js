// An old back office: panels that are sorted and dragged, and a modal dialog, all by jQuery UI.
$('#widgets').sortable({ handle: '.handle', axis: 'y' });
$('#floating').draggable();
$('#dialog').dialog({
  autoOpen: false,
  modal: true,
  width: 500,
  buttons: {
    Done() {
      $(this).dialog('close');
    },
  },
});
